"""The worklist's tables: what is worked out from plans, what people do with it, and how it leaves the house."""
