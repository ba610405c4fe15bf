"""livingreview: keeps a clinical review article alive."""

__version__ = "0.1.0"
