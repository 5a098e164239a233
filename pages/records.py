from ccgeo.ui import filters, own, page, paging, records, register, state

page.configure()
selection, view = state.open_link("record", "find")
page.show_links()
state.show_problems()
if register.is_set():
    own.show_choice()
    filters.show_filters(selection, view, own.source())
    paging.show_page(own.source(), selection, view)
else:
    filters.show_language(view)
    records.show_all()
records.show_version()
