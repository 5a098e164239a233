from ccgeo.ui import events, filters, page, records, register, state

page.configure()
_, view = state.open_link("event", "record")
page.show_links()
filters.show_language(view)
state.show_problems()
register.leave_out()
events.show_page()
records.show_version()
