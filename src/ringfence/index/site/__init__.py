"""The pages of an index: static files in `public/site`, made from what the index has signed and from nothing else.

What a publisher or a reviewer wrote is text and stays text: everything of others goes through `webpage.text`. Pages
link to their style and script and to each other by relative addresses; no address of another host is loaded.
`facts` reads and verifies, `plugin`, `lists`, `acts` and `feed` render values, `build` alone writes.
"""
