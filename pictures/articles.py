"""The articles that stand in the pictures: short, and with all that the sheets draw."""

from __future__ import annotations

FERRY = """
<meta name="description" content="After eleven years a ship leaves Saltholm in the evening again.">
<meta property="og:image" content="https://pictures.invalid/ferry.svg">
<article>
<h1>The night ferry sails again</h1>
<p>After eleven years the night ferry between Saltholm and the mainland sails again. It left the harbour on Friday at
ten in the evening with ninety people on board,<a href="#note-1"><sup id="back-1">1</sup></a> among them the mayor, two
brass bands and a crate of hens.</p>
<figure><img src="https://pictures.invalid/ferry.svg" width="1200" height="675" alt="A white ship at a pier, at dusk">
<figcaption>The ship an hour before it left. Photograph: the harbour office.</figcaption></figure>
<h2>What it costs, and whom</h2>
<p>A cabin costs 48 crowns, a seat on deck 12. The island pays the rest: a third of what it takes in from visitors goes
into <a href="https://example.org/fund">the harbour fund</a>, and the fund has promised to keep the ship afloat for at
least six winters.</p>
<ul><li>Children and bicycles travel free.</li><li>Dogs need a ticket of their own, cats do not.</li><li>Whoever misses
the boat may take the next one:<ol><li>by showing the old ticket,</li><li>without paying again.</li></ol></li></ul>
<blockquote><p>A place that cannot be reached at night is only half a place, and we have been half a place for long
enough.</p><cite>Ingrid Sund, harbour master</cite></blockquote>
<h3>The timetable of a week</h3>
<table><caption>Valid until the end of March</caption>
<thead><tr><th>Day</th><th>From Saltholm</th><th>From the mainland</th><th>Crossing</th></tr></thead>
<tbody><tr><td>Monday to Thursday</td><td>22:00</td><td>05:30</td><td>6 h 10 min</td></tr>
<tr><td>Friday</td><td>22:00</td><td>06:15</td><td>6 h 40 min</td></tr>
<tr><td>Sunday</td><td>21:15</td><td>05:30</td><td>6 h 10 min</td></tr></tbody></table>
<h2>How the ship knows the weather</h2>
<p>On the bridge a small program asks three buoys for the height of the waves, and warns the captain when they have
grown for an hour. Its heart are these lines:</p>
<pre><code>heights = [buoy.height(average_over="ten minutes") for buoy in buoys]
if min(heights) &gt; before + GROWTH:
    bell.ring(times=3)</code></pre>
<p>Nobody has to trust it, says the captain: it only rings a bell, and what the bell means is for people to decide. When
<code>bell.ring</code> was heard for the first time, in a calm sea, a seal was sitting on the second buoy.</p>
<h2>What comes next</h2>
<p>In spring the council will vote on a second ship. It would be smaller, run on batteries and call at the outer islands
twice a week. Two of them have no pier yet, and one has no inhabitants, but asked to be named in the plan all the
same.</p>
<p>Until then the old ferry goes on alone. Its horn, which had been a doorstop in the school for eleven years, was
mounted again on Thursday, and could be heard as far as the lighthouse.</p>
<hr>
<h3>Notes</h3>
<ol><li id="note-1">By the count of the harbour office; the bands were counted as one person each.
<a href="#back-1">Back</a></li></ol>
</article>
"""

#: What a reader marked in it: a whole sentence, an item of a list, across a link, near the end.
FOUR = (
    ("It left the harbour on Friday at ten in the evening with ninety people on board", "yellow"),
    ("goes into the harbour fund, and the fund has promised to keep the ship afloat", "green"),
    ("A place that cannot be reached at night is only half a place", "yellow"),
    ("In spring the council will vote on a second ship", "pink"),
)

#: What another marked: headlines, overlaps, in a table, in code, in a note.
EVERYWHERE = (
    ("night ferry sails again\nAfter eleven years the night ferry", "yellow"),
    ("eleven years the night ferry between Saltholm", "blue"),
    ("What it costs, and whom\nA cabin costs 48 crowns", "pink"),
    ("the harbour fund", "blue"),
    ("Dogs need a ticket of their own", "green"),
    ("ticket of their own, cats do not", "yellow"),
    ("of their own, cats", "pink"),
    ("From the mainland\nCrossing", "green"),
    ("Friday\n22:00\n06:15", "blue"),
    ('buoy.height(average_over="ten minutes")', "yellow"),
    ("the bands were counted as one person each", "pink"),
)

#: What was marked in it before it was edited: one stays, one is edited, one moves, one is lost.
BEFORE = (
    ("In spring the council will vote on a second ship", "pink"),
    ("ten in the evening with ninety people on board", "yellow"),
    ("A place that cannot be reached at night is only half a place, and we have been half a place for long", "blue"),
    ("Dogs need a ticket of their own, cats do not", "green"),
)

_SAID = FERRY[FERRY.index("<blockquote>") : FERRY.index("</blockquote>") + len("</blockquote>")]

#: It has another headline than the one that is not edited: they stand below each other on the home page.
FERRY_TO_BE_EDITED = FERRY.replace("The night ferry sails again", "Half a place no longer: the ship is back")
FERRY_EDITED = (
    FERRY_TO_BE_EDITED.replace("with ninety people on board", "with a hundred and ten people on board")
    .replace("<li>Dogs need a ticket of their own, cats do not.</li>", "")
    .replace(_SAID, "")
    .replace("<hr>", f"{_SAID}<hr>")
)

RUSSIAN = """
<h1>Ночной паром снова ходит</h1>
<p>Спустя одиннадцать лет между островом Сальтхольм и большой землёй снова ходит ночной паром. Он отошёл от причала в
пятницу в десять вечера с девятью десятками пассажиров; среди них были мэр, два духовых оркестра и ящик с курами.</p>
<h2>Сколько это стоит и кому</h2>
<p>Каюта стоит 48 крон, место на палубе — 12. Остальное платит остров: треть того, что он получает от приезжих, уходит в
портовый фонд, и фонд обещал держать судно на плаву хотя бы шесть зим.</p>
<ul><li>Дети и велосипеды едут бесплатно.</li><li>Собакам нужен билет, кошкам — нет.</li></ul>
<blockquote><p>Место, до которого не добраться ночью, — это только полместа.</p></blockquote>
<p>Весной совет решит, покупать ли второе судно: поменьше, на батареях, для дальних островов. На двух из них ещё нет
причала, на одном нет и жителей, но он просил упомянуть его в плане.</p>
"""

ARABIC = """
<h1>العبّارة الليلية تبحر من جديد</h1>
<p>بعد أحد عشر عامًا عادت العبّارة الليلية لتبحر بين جزيرة Saltholm والبر الرئيسي. غادرت الميناء يوم الجمعة في العاشرة
مساءً وعلى متنها تسعون راكبًا، بينهم العمدة وفرقتان موسيقيتان وصندوق من الدجاج.</p>
<h2>كم تكلّف ومن يدفع</h2>
<p>ثمن المقصورة 48 كرونة، وثمن المقعد على السطح 12. أما الباقي فتدفعه الجزيرة من صندوق الميناء الذي وعد بإبقاء السفينة
عائمة ستة شتاءات على الأقل.</p>
<ul><li>يسافر الأطفال والدراجات مجانًا.</li><li>تحتاج الكلاب إلى تذكرة، أما القطط فلا.</li></ul>
<blockquote><p>المكان الذي لا يمكن بلوغه ليلًا ليس إلا نصف مكان.</p></blockquote>
<p>في الربيع سيصوّت المجلس على شراء سفينة ثانية أصغر حجمًا تعمل بالبطاريات وتصل إلى الجزر البعيدة مرتين في الأسبوع.</p>
"""

# Without spaces, hence without the ends of lines.
JAPANESE = """
<h1>夜行フェリーが十一年ぶりに運航を再開</h1>
<p>サルトホルム島と本土を結ぶ夜行フェリーが、十一年ぶりに運航を再開した。金曜日の夜十時、九十人の乗客を乗せて港を離れた。乗客の中には
町長と二つの吹奏楽団、そして一箱の<ruby>鶏<rt>にわとり</rt></ruby>もいた。</p>
<h2>料金と負担</h2>
<p>船室は四十八クローネ、甲板席は十二クローネである。残りは島が負担する。観光収入の三分の一が港湾基金に入り、基金は少なくとも六度の冬の
あいだ船を維持すると約束した。</p>
<ul><li>子どもと自転車は無料。</li><li>犬には切符が必要だが、猫には要らない。</li></ul>
<blockquote><p>夜に行けない場所は、半分だけの場所にすぎない。</p></blockquote>
<p>春には、二隻目の船について議会が採決する。電池で動く小さな船で、週に二度、外側の島々に寄る予定だ。</p>
""".replace("\n", "")
