"""Given names as the Moroccan press writes them, in Latin and Arabic letters: what tells a person's name from other words."""

from __future__ import annotations

from typing import Final

from pipeline.language.folding import fold_text

LATIN: Final = frozenset(fold_text("""
    Abdallah Abdelaali Abdelali Abdelaziz Abdelfattah Abdelghani Abdelhadi Abdelhak Abdelhakim
    Abdelhamid Abdelilah Abdeljabbar Abdeljalil Abdelkader Abdelkarim Abdelkrim Abdellah Abdellatif
    Abdelmajid Abdelmalek Abdelmoula Abdelmounaim Abdeltif Abdenbi Abdennabi Abdennacer Abdenour
    Abderrahim Abderrahman Abderrahmane Abderrazak Abdeslam Abdessadek Abdessamad Abdessamie Abdou Abdul
    Abdulaziz Abdulla Abdullah Achraf Adam Adil Adnane Ahmad Ahmed Aicha Aimane Alaa Alae Ali Alia Aline
    Amal Amale Amina Amine Amir Anas Anass Andre André Angela Anne Antoine Antonio António Aref Arnaud
    Asmaa Asmae Assia Audrey Ayman Aymane Ayoub Azeddine Aziz Aziza Azzedine Aïcha Bachir Badia Badr
    Bahia Benjamin Benoit Benoît Bernard Boubker Bouchaib Bouchra Brahim Bruno Camille Carlos Catherine
    Chafik Chakib Chakir Charif Charles Cherif Christian Christine Christophe Claire Claude Claudia
    Cristina Daniel Daoud David Denis Diego Dina Dominique Donald Driss Elena Elhoussine Elisabeth
    Elmostafa Emmanuel Eric Fadila Fadoua Fahd Faical Faisal Faissal Faiçal Farah Farid Farida Fathallah
    Fathia Fatiha Fatim-Zahra Fatima Fatima-Zahra Fatine Fatna Faïçal Fouad Fouzi Francisco François
    Françoise Frédéric Gabriel Georges Gerard Ghalia Ghita Ghizlane Gianni Giorgia Guillaume Gérard
    Habib Hafid Hafida Hafsa Hajar Hakim Hakima Halima Hamid Hamza Hanae Hanane Hasna Hassan Hassane
    Hassania Hatim Hayat Hervé Hicham Hind Houcine Houda Houria Hugo Hussein Ibrahim Ibtissam Idriss
    Ihsane Ilham Ilyas Ilyasse Imad Imane Isabelle Ismail Ismaïl Issam Iyad Jaafar Jacques Jalal Jalila
    Jamal Jamila Jaouad Javier Jean Jean-Luc Jean-Marc Jean-Noël Jean-Pierre Jerome Jihane Joe John Jose
    Josep Joseph José Juan Julie Julien Jérôme Kamal Kaoutar Karim Karima Kenza Kevin Khadija Khaled
    Khalid Khalihenna Khalil Lahcen Laila Lalla Lamia Lamiae Larbi Latifa Laurent Laïla Leila Leïla
    Lhoucine Lina Lionel Lotfi Loubna Louis Luc Lucas Luis Maha Mahdi Mahfoud Mahjoub Mahmoud Majda
    Majid Malak Malika Manal Manuel Marc Marco Maria Mariam Marie Mariem Marina Mario Mark Martin Maryam
    Mathieu Maurice Max Maxime Mbarek Mehdi Meriem Meryem Michael Michel Miguel Mina Moha Mohamed
    Mohammad Mohammed Mohcine Mohsine Moncef Mostafa Mouad Mouhcine Mouhssine Moulay Mouna Mounia Mounir
    Mourad Moussa Mustapha Myriam Mélanie Nabil Nabila Nabyl Nadia Nadir Najat Najia Najib Najwa Naoual
    Naoufal Narjiss Nasser Nassim Nawal Nezha Nicolas Nizar Noam Nora Noureddine Nouzha Olaf Olivier
    Omar Othman Othmane Ouafa Ouafaa Oumaima Oussama Pablo Pascal Patrice Patrick Paul Pedro Philippe
    Pierre Rabia Rabii Rachad Rachid Rachida Rafael Rajaa Ramdane Raphael Raphaël Reda Redouane Rhita
    Ricardo Rida Rim Robert Rodolphe Romain Ryad Réda Saad Saadia Safaa Safae Said Saida Salah
    Salaheddine Salim Salima Salma Salman Saloua Salwa Samia Samir Samira Sanaa Sanae Sandra Sara Sarah
    Saïd Saïda Seddik Sergio Sergueï Siham Simohamed Simon Sofia Sofiane Souad Soufiane Soumaya Soumia
    Stephanie Steve Stéphane Sébastien Taha Tahar Taieb Tarek Tarik Tariq Teresa Thierry Thomas Tony
    Touria Ursula Valérie Vincent Vladimir Volodymyr Wafa Wafaa Walid Widad William Xavier Yacine Yahya
    Yamina Yann Yasmina Yasmine Yasser Yassine Yassir Yazid Yolanda Younes Youness Younès Yousra Youssef
    Yves Zakaria Zakia Zhor Zineb Zohra Zoubida Zouhair Zouheir Éric
""").split())
ARABIC: Final = frozenset(fold_text("""
    آمال أحمد أسامة أسماء أشرف أمال أمل أمين أمينة أناس أنس أنطونيو أورسولا أوزين أيوب إبراهيم إدريس
    إسماعيل إكرام إلهام إلياس إيف إيمان إيمانويل ابراهيم ادريس اسماعيل البشير التجاني التهامي الجيلالي
    الحبيب الحسان الحسن الحسين الخطاط الزهراء السعدية الشرقي الطاهر الطيب العربي المحجوب المصطفى المهدي
    الياس اليماني ايمان بدر بشرى بوشعيب بيدرو بيير توفيق ثريا جان جلال جمال جميلة جو جواد جوزيف حبيب حسن
    حسين حفيظ حفيظة حكيم حكيمة حليمة حمدي حمزة حميد حميدة حنان حورية حياة خالد خديجة خوسي دنيا دونالد
    راوية ربيع ربيعة رجاء رحمة رحيم رشيد رشيدة رضا رضوان رقية ريم زكريا زكرياء زهراء زهور زهير زينب سارة
    سامي سامية ستيفان سعاد سعد سعيد سعيدة سفيان سلمان سلمى سلوى سليمان سميحة سمير سميرة سناء سهام
    سيرغي شادي شرفات شفيق شكيب شوقي شيبة شيماء صابر صالح صفاء صلاح ضياء طارق طه عائشة عادل عاصم عبد
    عبدالإله عبدالحق عبدالرحيم عبدالعزيز عبداللطيف عبدالله عبلة عثمان عزيز عزيزة عصام عفاف علي عماد عمر
    عمرو غزلان غسان غيثة فؤاد فاضل فاطمة فاطنة فتيحة فدوى فرح فريد فريدة فضيلة فلاديمير فوزي فوزية
    فولوديمير فيصل قاسم كريم كريمة كمال كوثر لبنى لحبيب لحسن لحسين لطيفة لمياء ليلى مأمون ماجدة مارك
    ماريا مالك مايكل مبارك مباركة مجيد محسن محمد محمود محند مختار مراد مروان مريم مسعود مصطفى معاذ معتصم
    مليكة منال منصف منصور منى منير منيرة مهدي موسى مولاي مونية ميلود نادية ناصر نبيل نبيلة نبيهة نجاة
    نجيب نزار نزهة نسرين نصيرة نعيمة نوال نور نورالدين نوفل هاشم هدى هشام هند هيثم وائل وداد وفاء وليد
    وهيبي ياسر ياسمينة ياسين يحيى يوسف يونس
""").split())
PARTICLES: Final = frozenset("""
    el al ait ben bel bin bent ould oulad abou abu ibn bou de di da del van von le la du sidi si den der dos
""".split())
ARABIC_PARTICLES: Final = frozenset(fold_text("بن ابن بنت ولد أولاد آيت أيت أبو أبي أبا بو آل عبد سيدي مولاي ماء ذو").split())
