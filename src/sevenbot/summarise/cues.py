"""
What the words of a sentence tell of it: a stance, news, that it speaks of the writer or to the reader, or points back.

Cues for the ranker, not rules: each alone says little. Stems, in the languages of most mail.
"""

from __future__ import annotations

from sevenbot.summarise.phrases import any_phrase, words

STANCE = any_phrase(r"""
    \b(?:think|believe|(?:dis)?agree|suggest|propos|recommend|opinion|should|must|need|want|hope|doubt|prefer|support|
    suspect|expect|feel\b|view\b|plan to|intend|decid|denk|glaub|mein(?:e|ung)\b|stimme|schlag|vorschlag|
    empf[ei]hl|sollt|müss|muss|brauch|möchte|hoff|bezweif|bevorzug|erwart|entschied|beschloss|
    pens(?:e|ons|o|iamo|amos)\b|cro(?:is|yons)|d'accord|suggèr|propose|recommand|faut|devr|doi[ts]|besoin|veu[tx]|
    souhait|espèr|préfèr|décid|
    cre(?:o|emos|do|diamo|io)|acuerdo|suger|propon|recomend|deb(?:e|ería|o)|necesit|quier|esper|prefier|
    d'accordo|consigli|dovr|dev[eo]|bisogn|vorre|sper|preferi|decis|ach(?:o|amos)|concord|precis|dever|gostar|querem|
    vind(?:en)?\b|stel(?:len)? voor|moet|wil(?:len)?\b|hoop|besl[uo]|zou(?:den)?\b|
    myśl|sądz|uważ|zgadz|proponuj|poleca|powin|musi|potrzeb|chc|nadziej|wol[eę]|zdecydow|
    дума|счита|полага|согла|предлага|рекоменд|долж|нужн|надо|хо(?:чу|тел|тим)|наде|сомнева|предпочита|реши|
    вважа|погодж|пропону|рекоменду|повин|потріб|треба|хоч|сподіва|виріши|
    düşün|inan|katıl|öner|tavsiye|gerek|lazım|ist(?:iyor|er)|umu|şüphe|tercih|karar)|
    认为|認為|觉得|覺得|同意|建议|建議|应该|應該|必须|必須|需要|希望|决定|決定|
    思い|思う|考え|賛成|提案|べき|必要|ほしい|望|決め|생각|동의|제안|추천|해야|필요|원합|바라|결정|
    أعتقد|نعتقد|أظن|أوافق|أقترح|نقترح|يجب|ينبغي|نحتاج|أحتاج|نريد|أريد|آمل|قرر
""")

NEWS = any_phrase(r"""
    \b(?:attach|announc|decided|meeting|available|new\b|problem|question|issue|draft|agenda|proposal|result|report|
    deadline|next\b|week|today|tomorrow|anhang|angehängt|ankündig|treffen|sitzung|termin|verfügbar|neu[ers]?\b|frage|
    entwurf|tagesordnung|ergebnis|bericht|frist|nächste|woche|heute|morgen|
    joint|annonc|réunion|disponible|nouve|problème|ordre du jour|résultat|rapport|échéance|prochain|semaine|
    aujourd'hui|demain|adjunt|anunci|reunión|nuev|pregunta|borrador|resultado|informe|plazo|próxim|hoy|mañana|
    allegat|annunci|riunion|disponibil|nuov|domand|bozza|risultat|rapporto|scadenz|prossim|settiman|oggi|domani|
    anex|reunião|disponível|nov[oa]s?\b|pergunta|rascunho|relatório|prazo|hoje|amanhã|
    bijlage|aankondig|vergadering|beschikbaar|nieuw|probleem|vraag|concept|resultaat|verslag|volgende|vandaag|
    załąc|ogłasz|spotkani|dostępn|now[yae]|pytani|projekt|wynik|raport|następn|tydzień|tygodni|dzisiaj|jutro|
    прил[ао]|вложени|объявл|встреч|совещани|доступ|нов[ыао]|проблем|вопрос|проект|результат|отч[её]т|срок|
    следующ|недел|сегодня|завтра|дода[нвє]|оголош|зустріч|нарад|питанн|звіт|наступн|тижн|сьогодні|
    ekte|duyur|toplantı|mevcut|yeni|sorun|soru\b|taslak|gündem|sonuç|rapor|gelecek|hafta|bugün|yarın)|
    附件|宣布|会议|會議|开会|可用|问题|問題|草案|议程|結果|结果|报告|報告|截止|下周|下週|本周|今天|明天|
    添付|発表|打ち合わせ|利用可能|質問|下書き|議題|締め切り|来週|今週|今日|明日|本日|
    첨부|발표|회의|새로운|문제|질문|초안|안건|결과|보고|마감|다음|이번 주|오늘|내일|
    مرفق|أعلن|اجتماع|متاح|جديد|مشكلة|سؤال|مسودة|نتيجة|نتائج|تقرير|موعد|القادم|أسبوع|اليوم|غد
""")

# How a sentence of thanks begins.
THANKS = any_phrase(r"""
    \W{0,3}(?:(?:oh|well|and|so|first of all|hi|hello)\W{1,3})?(?:many |a thousand |a big |so many )?
    (?:thank(?:s| you)\b|
    (?:vielen |herzlichen |besten |tausend |lieben )?dank(?:e|eschön)?\b|(?:un grand |mille )?merci\b|
    (?:muchas |mil )?gracias\b|(?:mille |tante )?grazie\b|(?:muito )?obrigad[oa]\b|(?:heel erg )?bedankt\b|
    dank (?:je|u|jullie)\b|dzięk\w+|(?:большое )?спасибо|благодар\w+|(?:щиро )?дяку\w+|(?:çok )?teşekkür\w*|
    (?:många |tusen )?tack\b|takk?\b|kiitos\b|děkuj\w+|谢谢|謝謝|感谢|感謝|ありがとう|감사|고마|شكر|תודה)
""")
WRITER = words(
    "i i'm i've i'd i'll my me we we're we've our us ich wir mein meine mich mir unser unsere uns je j'ai nous mon ma "
    "mes notre nos yo mi nosotros nuestro nuestra io mio mia noi nostro nostra eu meu minha nós nosso nossa ik wij "
    "mijn ons onze ja mój moja my nasz nasza я мой моя мне меня мы наш наша нас ми мій моя мене наші ben benim biz "
    "bizim 我 我们 我們 私 私たち 弊社 当社 저는 제가 우리 저희 أنا نحن"
)
READER = words(
    "you your you're you'd you'll you've du dein deine dir dich sie ihr ihre ihnen euch tu vous ton ta tes votre vos "
    "te ti tú usted su sus lei voi tuo tua suo vostro você seu sua vocês je jij jouw u uw jullie ty twój twoja państwo "
    "pan pani вы ваш ваша вам вас ты твой ти ви ваші sen senin siz sizin 您 你 あなた 貴社 お客様 당신 고객님 أنت لك"
)
BACKWARDS = words(
    "this that it he she they these those but and so or also then which such however otherwise therefore because "
    "perhaps maybe well yes no ok dies diese dieser dieses das es er aber und oder also dann jedoch deshalb weil ja "
    "nein cela ce cette ces il elle ils mais et ou donc alors cependant car oui non esto eso este esta él ella pero y "
    "o entonces sin embargo porque sí questo quello lui ma e quindi però perché sì isto isso ele ela mas então porém "
    "sim não dit dat deze het maar en dus echter want nee to ten ta one ale i więc jednak bo tak nie это он она они но "
    "и или поэтому однако да нет це він вона вони але й тому проте так ні bu şu o ama ve çünkü evet hayır"
)
