"""Pages made up for the tests: one story in the forms in which pages come."""

from __future__ import annotations

TITLE = "Rebels seize mining town of Lubango after week of fighting"
PARAGRAPHS = (
    "Rebel fighters took control of the mining town of Lubango on Tuesday, residents and a local official said, after a week of "
    "heavy clashes with government troops that forced thousands of people to flee into the surrounding hills.",
    "The defence ministry said its soldiers had made a tactical withdrawal to protect civilians, and promised to retake the town "
    "within days. It did not say how many of its men had been killed or wounded in the fighting.",
    "“We heard shelling all through the night, and in the morning the soldiers were gone,” said Odile Mbeki, a nurse at the town's "
    "only hospital, who spoke by telephone as she walked north with her two children.",
    "Aid agencies called on both sides to open a corridor for the wounded. The United Nations said that it had counted more than "
    "12,000 displaced people in three camps, and that food there would last for less than a week.",
    "Talks between the government and the rebels broke down in March over the control of the mines, which bring in most of the "
    "country's foreign currency. No date has been set for another round.",
)
HEAD = (
    "Skip to content",
    "Home",
    "World",
    "Politics",
    "Business",
    "Sport",
    "Opinion",
    "Subscribe",
    "Log in",
    "Home » World » Africa",
)
CREDITS = ("By Salome Akinde, Associated Press", "Published 14 May 2024")
TAIL = (
    "Share on Facebook",
    "Share on Twitter",
    "Related articles",
    "Dozens killed as ferry sinks on lake",
    "Five things to know about the cobalt trade",
    "Leave a comment",
    "We use cookies to improve your experience. By continuing to browse you accept our cookie policy.",
    "About us",
    "Contact us",
    "Privacy Policy",
    "© 2024 Daily Courier. All rights reserved.",
)
BODY = "\n\n".join(PARAGRAPHS)
LINES = (f"{TITLE} - Daily Courier", *HEAD, TITLE, *CREDITS, *PARAGRAPHS[:2], "Advertisement", *PARAGRAPHS[2:], *TAIL)
STRIPPED = "\n".join(LINES)
ONE_LINE = " ".join(LINES)
NODES = STRIPPED.replace("mining town of Lubango on", "mining town of\nLubango\non").replace(
    " Odile Mbeki,", "\nOdile Mbeki\n,"
)
CLEAN = f"{TITLE}\n\n{BODY}\n"
HTML = f"""<!DOCTYPE html>
<html><head><title>{TITLE} - Daily Courier</title><meta property="og:site_name" content="Daily Courier">
<meta property="article:published_time" content="2024-05-14T09:30:00+02:00"><meta name="author" content="Salome Akinde">
<link rel="canonical" href="https://courier.example/world/lubango"><script>var menu = "no text";</script></head>
<body><nav><ul>{"".join(f"<li><a href='#'>{entry}</a></li>" for entry in HEAD)}</ul></nav>
<article><h1>{TITLE}</h1><p class="byline">{CREDITS[0]}</p>
{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}
<p>Read more: <a href="#">Five things to know about the cobalt trade</a></p></article>
<div class="comments"><h3>Comments</h3><p>I do not believe a word of this!</p></div>
<footer>{"".join(f"<p>{entry}</p>" for entry in TAIL[-4:])}</footer></body></html>
"""
