"""Statements: who said what, with which words, and in whose voice a span of an article stands."""
