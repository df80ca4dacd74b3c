"""Natalizumab in multiple sclerosis: one record in, one plan out."""

__version__ = "0.0.1"
