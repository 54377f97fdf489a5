"""What controls know of accounts in a cloud: actions and policies, addresses, alarms, settings of servers."""
