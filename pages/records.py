from ccgeo.ui import filters, page, paging, records, register, state

page.configure()
selection, view = state.open_link("record", "find")
page.show_links()
state.show_problems()
if register.is_set():
    filters.show_filters(selection, view, register.source())
    paging.show_page(register.source(), selection, view)
else:
    filters.show_language(view)
    records.show_all()
records.show_version()
