"""What controls judge beside a bare `Workload`: services, builds, and the objects of a cluster.

Like `ringfence.model`: frozen, keyword-only, no defaults, no knowledge of a format or a control. A value
that a file does not let us know (an unresolved variable) is not modelled here: the format fills in anything
and lists the path as unknown, and no finding is ever made there.
"""
