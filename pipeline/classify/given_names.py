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
    Abd Abdel Abdelaati Abdeladim Abdelhafid Abdelhalim Abdeljaouad Abdelkbir Abdelkebir Abdelmjid
    Abdelmounim Abdelouafi Abdelouahab Abdelouahad Abdelouahed Abdelwafi Abdelwahab Abderrafie
    Abdessalam Abdoulaye Abla Abou Adel Afaf Ahlam Aissa Alain Albert Alejandro Alessandro Alex
    Alexander Alexandre Alfredo Alice Alioune Amadou Amanda Amel Amin Ammar Amr Ana Andrea Andrei
    Andres Andrew Anis Annie Anouar Anthony Antony Arancha Arthur Asma Aymen Badreddine Bassima
    Bilal Bola Boris Brice Brigitte Carole Caroline Cecile Chafiq Chaimae Chama Charlotte Cheikh
    Chris Cyril Cyrille Dalila Damien Daniele Didier Dmitri Douae Eduardo Elhabib Elhassan Eliane
    Elias Elizabeth Elon Emma Emmanuelle Erik Essaid Ester Esther Etienne Eva Evelyne Fabien Fabrice
    Fadel Fadwa Faouzi Farouk Fatema Fatim Faycal Faysal Felipe Felix Fernand Fernando Fouzia
    Francis Franck Franco Frank Gael Ghislaine Gilles Giovanni Gregory Gustavo Guy Hajja Hamida
    Hanan Hassna Helene Henri Hisham Hossam Hubert Hugues Ihssane Ikram Ilias Ilyass Imran Inass
    Ines Insaf Ismael Ivan Jad Jalil Jamaleddine James Jamie Jan Jane Janet Jawad Jeff Jennifer Jens
    Jesus Jim Joao Johan Jonathan Jorge Joshua Josue Julia Justin Kamel Karine Klaus Kofi Laetitia
    Larry Laura Laurence Leyla Louise Lubna Lucia Maati Macky Malek Mamadou Marcel Margarita
    Marouane Martine Marwan Mary Matthew Matthieu Michele Mike Miloud Mimoun Mohand Monique Mostapha
    Moustapha Muhammad Munir Mustafa Nadine Nadira Naima Najoua Narendra Nasreddine Nathalie Nicole
    Nigel Nisrine Noor Nordine Noufissa Nouha Nour Olalekan Oleg Olekan Oscar Osman Otmane Ouafae
    Oumar Oumnia Pamela Patricia Paula Peter Philip Qais Rabab Rabie Rachel Rafik Raja Rajae Rami
    Ramon Ramzi Rania Raouf Rayan Rene Richard Rima Rkia Roberta Robin Rodrigo Ronald Rose Ruben
    Ryan Saadeddine Sabah Sabrina Saleh Sam Sami Samuel Sana Sarim Serge Sergei Sidi Sihame Simone
    Soraya Souhail Steven Sultan Susan Sylvain Sylvie Taoufik Tayeb Thami Theo Therese Tim Tom Wael
    Wahid Wassim Yannick Younous Yvan Yvonne Zahra Zaid Ziad Zinedine Zoulikha Bashir
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
    ابتسام احلام اكرم الان الركراكي الزبير المختار الميلودي الهاشمي انتوني انطوان انوار انور اوليفيي
    ايمانويلا ايمن باتريس براهيم بشير بلال بهيجه بوشري بيتر توماس جورج جون جياني جيروم جيمس حاتم
    حسام حسناء حسني خليل خوسيه ديفيد رابح راشد رباب رحال رضي رمطان روبرت رياض زبيده زكيه سالم سامر
    سامه سليم سميح سهيل سهيله شارل شعيب صباح صوفيا عاطف عباس عبدالحميد عبدالرحمان عبدالسلام
    عبدالقادر عبدالكريم عبدالنبي عبدالوافي عبدو عدنان عزالدين عزوز علاء علال عمار عمران عيسي غيته
    فاتن فاروق فاطم فتحي فرانسوا فرانك فرحات فواده فيليب كارلوس كريستوف كريستين كنزه لاله لطفي لويس
    ماجد ماري ماكي مبروكه محمدو منيه ميشيل نجيه نزيهه نوره هاجر هاله وليام وهبي وهيبه ياسمين يسري
    ييان
""").split())
PARTICLES: Final = frozenset("""
    el al ait ben bel bin bent ould oulad abou abu ibn bou de di da del van von le la du sidi si den der dos
""".split())
ARABIC_PARTICLES: Final = frozenset(fold_text("بن ابن بنت ولد أولاد آيت أيت أبو أبي أبا بو آل عبد سيدي مولاي ماء ذو").split())
