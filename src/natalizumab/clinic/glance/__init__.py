"""Natalizumab at a glance: what is known in plain words, each with its evidence, and a living picture of the chain.

For people with MS and for newcomers, without signing in: nothing here knows a clinic or a person. The statements stand
in ``statements.toml``; every number in them is the evidence's own, named in braces.
"""
