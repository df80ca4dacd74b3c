"""The pages. A view reads the request and the clock, asks the modules above it, and fills a template."""
