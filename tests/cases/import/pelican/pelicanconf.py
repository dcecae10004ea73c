SITEURL = "https://shore.example"
ARTICLE_URL = "{date:%Y}/{slug}.html"
