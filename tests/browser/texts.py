"""Articles that hold what articles hold, for tests of how they are shown."""

from __future__ import annotations

import re

#: Where pictures of articles are: no test asks there.
ELSEWHERE = re.compile("^https:")
#: Where the article says it was published first.
SOURCE = "https://example.org/news/river"

RICH = """
<h1>The river comes back to the town</h1>
<p>On Monday the council opened the lower sluice, and the old river bed filled within an hour.<a href="#note-1"><sup
id="back-1">1</sup></a> Hundreds of people stood on the bridges, among them <b>Mayor Agnes Hollow</b> and the engineers
of <a href="https://example.org/works">the water works</a>.</p>
<figure><img src="https://images.invalid/sluice.jpg" width="800" height="450" alt="The sluice, half open">
<figcaption>The lower sluice on Monday morning. Photograph: the council.</figcaption></figure>
<h2>What was decided</h2>
<blockquote><p>We gave the river its bed back, and it took it.</p><cite>Agnes Hollow</cite></blockquote>
<ul><li>The banks stay open to walkers.</li><li>Boats are allowed<ol><li>from May to August,</li><li>without an engine.
</li></ol></li></ul>
<h3>Costs by year</h3>
<table><caption>Thousands of crowns</caption>
<thead><tr><th>Part</th><th>Contractor</th><th>2021</th><th>2022</th><th>2023</th><th>2024</th><th>2025</th>
<th>Total</th></tr></thead><tbody>
<tr><td>Sluice</td><td>Ironbridge and Daughters</td><td>120</td><td>340</td><td>410</td><td>95</td><td>12</td>
<td>977</td></tr>
<tr><td>Banks</td><td>Green Hands Cooperative</td><td>15</td><td>80</td><td>220</td><td>300</td><td>41</td>
<td>656</td></tr>
</tbody></table>
<pre>level = gauge.read(station="lower sluice", unit="centimetre", average_over="one hour", fallback=previous_level)
print(level)</pre>
<p>Readings are published with <code>gauge.read</code>; press <kbd>F5</kbd> for the latest. H<sub>2</sub>O stays
H<sub>2</sub>O. A word as long as Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft
fits as well, and so does <ruby>漢字<rt>かんじ</rt></ruby>.</p>
<details><summary>Who voted how</summary><p>Eleven for it, two against, and one was fishing.</p></details>
<dl><dt>Sluice</dt><dd>a gate that holds water back.</dd></dl>
<hr>
<h4>Notes</h4>
<ol><li id="note-1">By the clock of the town hall. <a href="#back-1">Back</a></li></ol>
"""

#: What one reader marked in it: overlapping, across elements, in a table, in a list.
MARKED = (
    ("the council opened the lower sluice", "yellow"),
    ("lower sluice, and the old river bed filled within an hour", "pink"),
    ("among them Mayor Agnes Hollow and the engineers of the water works", "green"),
    ("We gave the river its bed back", "blue"),
    ("Green Hands Cooperative", "pink"),
)

#: The same, edited: one of the marked passages says something else now, one is gone.
EDITED = RICH.replace("filled within an hour", "filled within a single afternoon").replace(
    "<blockquote><p>We gave the river its bed back, and it took it.</p><cite>Agnes Hollow</cite></blockquote>", ""
)

ARABIC = """
<h1>المدينة تستعيد نهرها القديم</h1>
<p>فتح المجلس البوابة السفلى يوم الاثنين، وامتلأ مجرى النهر القديم خلال ساعة واحدة أمام مئات السكان في Riverton.</p>
<ul><li>تبقى الضفاف مفتوحة للمشاة.</li><li>يسمح بالقوارب بلا محركات.</li></ul>
<blockquote><p>أعدنا إلى النهر مجراه.</p></blockquote>
"""

RUSSIAN = """
<h1>Река возвращается в город</h1>
<p>В понедельник совет открыл нижний шлюз, и старое русло заполнилось за час. На мостах стояли сотни людей, среди них
мэр Агнес Холлоу и инженеры водоканала.</p>
<p>Берега остаются открытыми для пешеходов, лодки разрешены с мая по август.</p>
"""
