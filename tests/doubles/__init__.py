"""Local doubles of the registries: they answer over HTTP on this machine, faults on request."""
