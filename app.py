from ccgeo.ui import page

page.configure()
page.show_navigation()
