"""Framing: who is called what, who does what to whom, which facts are told, which words stand out."""
