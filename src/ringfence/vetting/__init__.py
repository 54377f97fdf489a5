"""Vetting: what is wrong with a plugin, or hostile in it, before anybody installs it.

`vet` is the pipeline and `report` what comes of it; a step is a module or package that gives findings and names what
it could not examine. What does not belong here: publishing, signing, and any run of a plugin outside a cell.
"""
