from ccgeo.ui import filters, page, records, state

page.configure()
_, view = state.open_link("record", "find")
page.show_links()
filters.show_language(view)
state.show_problems()
records.show_all()
records.show_version()
