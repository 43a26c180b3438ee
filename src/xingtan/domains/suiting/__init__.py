"""Who suits a project: the facts of many teachers at once, and the sentences of conditions and findings."""
