"""Names that the text uses as something else are no places, and what looks alike stays one."""

import pytest

from buldan.thresholds import SURE

from .conftest import find_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Titles in quotation marks; what is quoted with the word for its kind, or as speech, is a place.
        ("عرض فيلم «دمشق يا حبيبتي» أمس في حمص", ["حمص"]),
        ("أطلقت الفصائل معركة «ريف حماة» من مورك", ["مورك"]),
        ("انقطع الماء عن «مدينة الحسكة» وعن تل تمر", ["الحسكة", "تل تمر"]),
        ("قال: «نحن في إدلب» ثم غادر إلى سرمدا", ["إدلب", "سرمدا"]),
        ('She published "The Gates of Damascus" in Homs.', ["Homs"]),
        ('"We left Raqqa in May," she said in Tabqa.', ["Raqqa", "Tabqa"]),
        ('They shelled the "Aleppo Central Prison" near Handarat.', ["Aleppo Central Prison", "Handarat"]),
        # What has its own name, alone in quotation marks behind the word for it; a town is quoted in the same way.
        ("عرض فيلم «القصير» في دمشق", ["دمشق"]),
        ("وصلت السفينة «اللاذقية» إلى طرطوس", ["طرطوس"]),
        ("قصفوا مدينة «الباب» قرب حلب", ["الباب", "حلب"]),
        ("دخلوا «الرقة» فجرا", ["الرقة"]),
        ('He showed the film "Aleppo" in Homs.', ["Homs"]),
        ('The band "Palmyra" played in "Aleppo" on Monday.', ["Aleppo"]),
        # Ships, and what they carry.
        ("The tug Arwad 2 towed MV PALMYRA from Tartous to Baniyas.", ["Tartous", "Baniyas"]),
        ("The tanker Baniyas Star lay off Tartus; cargo LATAKIA PRIDE at berth 12.", ["Tartus"]),
        ("General cargo for Latakia arrived in Tartus.", ["Latakia", "Tartus"]),
        ("The tanker burned near Baniyas.", ["Baniyas"]),
        # Lines of coaches, and the towns that two of them are called after.
        ("حجزت مع القدموس للنقل إلى دير الزور", ["دير الزور"]),
        ("وصل باص من طرطوس إلى القدموس", ["طرطوس", "القدموس"]),
        ("Kadmous leaves for Latakia at noon and Zeitouni at one.", ["Latakia"]),
        ("The bus from Kadmous to Tartus was full.", ["Kadmous", "Tartus"]),
        ("انطلق باص القدموس من دمشق إلى بانياس", ["دمشق", "بانياس"]),
        ("وصلت باصات المهجرين إلى القدموس قادمة من حمص", ["القدموس", "حمص"]),
        ("A Qadmous bus overturned near Safita.", ["Safita"]),
        ("They drove from Masyaf to Kadmous by bus.", ["Masyaf", "Kadmous"]),
        ("We took a القدموس coach from Damascus to Tartus.", ["Damascus", "Tartus"]),
        ("My aunt lives in القدموس near Tartus.", ["القدموس", "Tartus"]),
        # A work or an operation by its name.
        ("His second film, The Baker of Hama, was shot in Latakia.", ["Latakia"]),
        ("Operation Sword of Idlib began near Saraqib.", ["Saraqib"]),
        ("The operation in Idlib began near Saraqib.", ["Idlib", "Saraqib"]),
        ("The Operations Room of Aleppo met in Azaz.", ["Aleppo", "Azaz"]),
        # Kin, tags of news, nationalities.
        ("He leaves a wife, Homs-born, and a daughter, Hama, in Tartus.", ["Homs", "Tartus"]),
        ("Her brother, Yusuf, lives in Safita.", ["Safita"]),
        ("#عاجل قصف على سرمين وبنش", ["سرمين", "بنش"]),
        ("الاسم: أحمد. الجنسية: سورية. مكان الولادة: نوى", ["نوى"]),
        # Words of a dictionary; a place that explains one stays.
        ("والقصير ضد الطويل، والجمع قصار. والباب المدخل، ويجمع على أبواب. والرقة ضد الغلظة.", []),
        ("tell, n.: a mound, as at Tell Brak. Homs, n.: a dish. qasr, n.: a castle.", ["Tell Brak"]),
        # What war reports say again and again is no sign of one.
        (
            "حلب: غارات ضد المعارضة قرب عندان. إدلب: مظاهرات ضد الأسعار. سراقب: عملية ضد التهريب. حمص: حملة ضد الفساد.",
            ["حلب", "عندان", "إدلب", "سراقب", "حمص"],
        ),
        # A glossary under its heading; what happened somewhere stands behind a colon, too.
        ("معاني المفردات: النبك: التلال الصغيرة. القصير: غير الطويل. الدانا: لؤلؤة كبيرة.", []),
        ("Glossary: Tell: a mound. Nabk: a small hill. Kiswa: a cloth.", []),
        ("النبك: هدوء. القصير: غارتان. سراقب: قصف.", ["النبك", "القصير", "سراقب"]),
        ("Nabk: quiet. Qusayr: two raids. Saraqib: shelling.", ["Nabk", "Qusayr", "Saraqib"]),
        # Tribes among tribes, and the village of one of them.
        ("اجتمع شيوخ البو ليل والشعيطات في ذيبان", ["ذيبان"]),
        ("Members of the Tayy tribe met in Qamishli.", ["Qamishli"]),
        ("قصف على الشعيطات وأبو حمام والكشكية", ["الشعيطات", "أبو حمام", "الكشكية"]),
        ("The wool of the Anazeh is sold at Hama, that of the Mawali at Homs.", ["Hama", "Homs"]),
        ("Syriac hymns were sung in the Syriac quarter of Aleppo.", ["Syriac quarter", "Aleppo"]),
        # What is named after a place, and what comes from it.
        ("The jug is Raqqa ware, bought in Homs with a Damascus-style lamp.", ["Homs"]),
        ("Soap from Aleppo stood beside Aleppo soap.", ["Aleppo"]),
        ("Latakia tobacco and Damascus roses grow in Ohio.", []),
        ('He lost a "Damascus" knife in Homs.', ["Homs"]),
        ("She cooks Aleppo cuisine and speaks the Homs dialect in Paris.", []),
        ("Al-Wahda visit Hutteen in the derby.", []),
        # Words in their ordinary sense.
        ("أصيب ثلاثة بجروح في مورك وكفرزيتا", ["مورك", "كفرزيتا"]),
        ("وصل بحلول الظهر إلى كفرنبل وحاس", ["كفرنبل", "حاس"]),
        ("قصف قرية جروح قرب عقيربات", ["جروح", "عقيربات"]),
        ("اشتكى أهالي الحارة القبلية في ببيلا", ["ببيلا"]),
        ("قصف على الحارة ونمر وجاسم", ["الحارة", "نمر", "جاسم"]),
        ("على القادمين من حمص سلوك طريق الزعفرانة", ["حمص", "الزعفرانة"]),
        ("وقفنا عالكازية بالصنمين ساعتين", ["الصنمين"]),
        ("وصلوا إلى سلوك وعين عيسى", ["سلوك", "عين عيسى"]),
        ("وقف أمام الباب ينتظر في حلب", ["حلب"]),
        ("وقفت الدبابات أمام مدينة الباب", ["الباب"]),
        # Nouns that name places only where a word asks for its kind.
        ("خرج من السجن في عفو عام وعاد إلى نوى", ["نوى"]),
        ("حكم عليه بالسجن عشرين عاما في دمشق", ["دمشق"]),
        ("سقط عن الحصان قرب سراقب", ["سراقب"]),
        ("استقبلت حماة دفعة من العائدين", ["حماة"]),
        ("تظهر في المقاطع المصورة مئذنة في حارم", ["حارم"]),
        ("قصف على قرية السجن وبلدة شهبا", ["السجن", "شهبا"]),
        ("ولد في قرية الحصان غربي دير الزور", ["الحصان", "دير الزور"]),
        ("زار مخيم العائدين في حمص", ["مخيم العائدين", "حمص"]),
        # What walls are built of; the town is called so, too.
        ("بيت مبني من الحجر الأبيض في السويداء", ["السويداء"]),
        ("واجهات من الحجر الأسود في بصرى", ["بصرى"]),
        ("نزحوا من الحجر الأسود إلى يلدا", ["الحجر الأسود", "يلدا"]),
        # Kinds of olives and wheat are called after villages.
        ("الأصناف الموصى بها: قيسي وصوراني، وتباع في إدلب", ["إدلب"]),
        ("قصف على صوراني قرب عقيربات", ["صوراني", "عقيربات"]),
        # Factions by any spelling.
        ("Suqour al-Sham and Faylaq al-Sham left Azaz.", ["Azaz"]),
        # Front lines, of which two are named as well.
        ("قصف محوري معلق والدبس", ["معلق", "الدبس"]),
        ("هدوء على جبهتي الحاضر والعيس", ["الحاضر", "العيس"]),
        # A queen, and the town called after her.
        ("Aurelian captured Zenobia, queen of Palmyra, near the Euphrates.", ["Palmyra", "Euphrates"]),
        ("The ruins of Zenobia on the Euphrates were flooded.", ["Zenobia", "Euphrates"]),
        # A town of the country, and what the country has.
        ("الضمير مدينة سورية تتبع محافظة ريف دمشق", ["الضمير", "ريف دمشق"]),
        ("ولد في قرية سورية قرب حارم", ["حارم"]),
        ("تبلغ مساحة سورية 185 ألف كيلومتر", ["سورية"]),
        ('WANTED: "Aleppo" bread knife, in good order; write to Homs.', ["Homs"]),
        ("She sells a Latakia olive oil soap in Homs.", ["Homs"]),
        ("In Aleppo he sells olive oil soap.", ["Aleppo"]),
        ('He wrote "Aleppo" on the soap in Homs.', ["Aleppo", "Homs"]),
        # A shop or a cat by its name, and a village by its.
        ("Families from Daraa opened a bakery called Bab Touma in Irbid.", ["Daraa"]),
        ("Her cat is called Busra; she lives in Homs.", ["Homs"]),
        ("They fled to a village called Busra in Daraa.", ["Busra", "Daraa"]),
        ("افتتح في برلين مطعما اسمه القصير وعاد إلى حمص", ["حمص"]),
        ("له قطة اسمها حلب وكلب يدعى القصير", []),
        ("سكن في قرية اسمها القصير قرب حمص", ["القصير", "حمص"]),
        # Pets in small letters, too, and kin by several names; and where they are.
        ("my rabbit is homs and our donkey is called idlib, we live in salamiyeh", ["salamiyeh"]),
        ("their goat, Busra, eats grass near Daraa.", ["Daraa"]),
        ("The pony is in Hama and the cat is from Homs.", ["Hama", "Homs"]),
        ("Two nieces, Idlib and Maya, and a dog visited her in Tartus.", ["Tartus"]),
        ("Their sons, Aleppo merchants, moved to Hama.", ["Aleppo", "Hama"]),
        # Rooms, goods and firms called after places.
        ("They met in the Qasioun room in Homs.", ["Homs"]),
        ("He stores Latakia leaf and Latakia blends in Tartus.", ["Tartus"]),
        ("Tobacco from Latakia is cured in Jableh.", ["Latakia", "Jableh"]),
        ("Idlib Catering cooked for us in Azaz.", ["Azaz"]),
        # Persons of a town's name.
        ("The wounded man, Ciwan Efrîn, was brought to Hesekê.", ["Hesekê"]),
        ("Azad Kobane and Berivan Amude were buried in Kobani.", ["Kobani"]),
        ("My bro Halab is late, but teta is in Hama.", ["Hama"]),
        # Streets in towns abroad, and in ours.
        ("سكن في بيروت شارع دمشق ثم عاد إلى حمص", ["حمص"]),
        ("عمل في بغداد، وفي القاهرة سكن شارع سوريا، وفي إسطنبول شارع حلب الشهباء", []),
        ("كان في بيروت ثم سكن شارع بغداد في دمشق", ["شارع بغداد", "دمشق"]),
        ("سكن في حمص شارع الحضارة", ["حمص", "شارع الحضارة"]),
        ("In Amman he rented a shop in Damascus Street and left for Homs.", ["Homs"]),
        ("The office is at Tartous St., Nicosia, its branch in Baniyas.", ["Baniyas"]),
        ("He lives in Beirut but shops in Baghdad Street in Damascus.", ["Baghdad Street", "Damascus"]),
        # Jericho.
        ("عقد لقاء في أريحا بحضور وفد من نابلس ورام الله", []),
        ("Settlers blocked roads near Ariha and in the Jordan valley.", []),
        ("Ariha, in the West Bank, was sealed.", []),
        ("قصف على أريحا وسرمين بريف إدلب", ["أريحا", "سرمين", "إدلب"]),
        ("Shelling of Ariha and Sarmin in Idlib.", ["Ariha", "Sarmin", "Idlib"]),
        ("Settlers blocked the road to Aqabat Jabr camp; Kobani thanked its donors.", ["Kobani"]),
        ("هدمت القوات منزلا في مخيم عقبة جبر، وتضامنت حلب معهم", ["حلب"]),
        # Towns of Iraq and Lebanon beside their neighbours.
        ("شيع أهالي تلعفر ضحايا تفجير في ربيعة", []),
        ("Families of Sinjar returned from Mosul.", []),
        ("Trade with Syria is small. Lorries use the road through Rabia to Dohuk.", ["Syria"]),
        ("قال إن التبادل مع سوريا محدود، وتمر الشاحنات عبر ربيعة إلى زاخو", ["سوريا"]),
        ("Rabia and Salma were shelled from Kinsabba.", ["Rabia", "Salma", "Kinsabba"]),
        ("قصف على سنجار وأبو الظهور بريف إدلب", ["سنجار", "أبو الظهور", "إدلب"]),
        ("وزار الوزير القلمون والمينا في طرابلس", []),
        ("نزح أهالي القلمون إلى عرسال", ["القلمون"]),
        # Rails beside a train.
        ("توقف القطار وتضررت السكة بين جبرين وأبو الظهور", ["جبرين", "أبو الظهور"]),
    ],
)
def test_what_the_text_uses_as_something_else_is_no_place(geoparser, text, names):
    assert find_names(geoparser, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell in Latakia. Sirens in Haifa; a rocket hit Beit Jann, another Karmiel.", ["Latakia"]),
        (
            "Shelling of Beit Jann, Hader and Kafr Hawr went on in Quneitra.",
            ["Beit Jann", "Hader", "Kafr Hawr", "Quneitra"],
        ),
        ("شاركت فرق من تركيا والأردن ولبنان وقطر في إطفاء غابات الفرنلق", ["غابات الفرنلق"]),
    ],
)
def test_a_name_between_two_places_abroad_is_theirs(geoparser, text, names):
    assert find_names(geoparser, text) == names


def test_the_road_of_a_town_far_from_all_else_is_not_sure(geoparser):
    far = geoparser.read("Access to al-Bab and Bzaa: via Azaz road, open.")
    assert all(mention.confidence < SURE for mention in far if mention.text == "Azaz road")
    near = geoparser.read("Afrin: a bus burned on the Azaz road near Kafr Janneh.")
    assert [mention.place.kind for mention in near if mention.text == "Azaz road"] in (["road"], [])


def test_a_facility_beside_a_town_is_less_sure_than_one_that_bears_its_name(geoparser):
    (named,) = geoparser.read("سقطت قذيفة على مخبز كفر تخاريم")[-1:]
    beside = [
        mention for mention in geoparser.read("سقطت قذائف على كفر تخاريم، واحترق مخبز الأمل") if "مخبز" in mention.text
    ]
    assert all(mention.confidence < 0.6 < named.confidence for mention in beside)


def test_texts_read_together_are_denied_alone(geoparser):
    texts = ['He said "Aleppo', 'is ours" in Homs', "معركة «فجر إدلب»", "وصل إلى «حلب"]
    together = [[mention.text for mention in read] for read in geoparser.read_many(texts)]
    assert together == [find_names(geoparser, text) for text in texts]


def test_a_title_and_a_given_name_before_a_town_make_a_person(geoparser):
    person, town = (
        find_names(geoparser, f"قال {who} إن الطحين وصل إلى حمص") for who in ("السيد جورج الرستن", "سكان الرستن")
    )
    assert person == ["حمص"]
    assert town == ["الرستن", "حمص"]
