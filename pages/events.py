from ccgeo.ui import events, filters, page, records, state

page.configure()
_, view = state.open_link("event", "record")
page.show_links()
filters.show_language(view)
state.show_problems()
events.show_page()
records.show_version()
