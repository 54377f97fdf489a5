"""What controls know of what an agent is given: the words of texts, and what the programs beside them do."""
