## كلمات الواجهة بالعربية، إذ ليست في القالب

alert-note = ملاحظة
alert-tip = نصيحة
alert-important = مهم
alert-warning = تنبيه
alert-caution = تحذير
footnotes = الحواشي
footnote-back = العودة إلى النص
task-done = أُنجز
task-open = لم يُنجز
topics = المواضيع
not-found = الصفحة غير موجودة
feed-title-topic = { $site }: { $topic }
redirect = انتقلت هذه الصفحة إلى { $url }

skip = إلى النص
navigation = أقسام الموقع
languages = اللغات
elsewhere = لا توجد هذه الصفحة باللغة { $language }؛ الرابط يقود إلى أقرب صفحة إليها.
untranslated = لا يتوفر هذا النص بعد باللغة { $wanted }. في ما يلي نسخة بلغة أخرى: { $shown }.
stale = عُدّلت النسخة المكتوبة باللغة { $language } بعد هذه الترجمة.
feed = خلاصة Atom
contents = المحتويات

date = التاريخ
updated = آخر تعديل
reading-time = { $minutes ->
    [one] دقيقة قراءة واحدة
    [two] دقيقتا قراءة
    [few] { $minutes } دقائق قراءة
   *[other] { $minutes } دقيقة قراءة
  }
read-in = اقرأ هذا بالعربية
source = المصدر
mentioned-in = مذكور في
neighbours = مقالات أخرى
previous = السابق
next = التالي

latest = أحدث المقالات
article-count = { $count ->
    [zero] لا مقالات
    [one] مقالة واحدة
    [two] مقالتان
    [few] { $count } مقالات
   *[other] { $count } مقالة
  }
no-articles = لا شيء هنا بعد.
feed-topic = خلاصة Atom لهذا الموضوع
pages = الصفحات
previous-page = الصفحة السابقة
next-page = الصفحة التالية
page-of = الصفحة { $number } من { $total }
title-of-page = { $title } (الصفحة { $number })
letters = الحروف
other-letters = أرقام وعلامات وكتابات أخرى

not-found-text = لا شيء في هذا العنوان. ربما انتقلت الصفحة، أو كان في العنوان خطأ.
to-home = إلى الصفحة الرئيسية

continue-in = المتابعة بالعربية
offer-close = لا، شكرًا

picture-large = الصورة الكبيرة:
video-play = تشغيل الفيديو: { $title }
video-elsewhere = المشاهدة في { $host }: { $title }
video-duration = المدة:
video-transcript = النص المكتوب

figure = الرقم
figure-value = القيمة
figure-period = الفترة
chart-data = الأرقام في جدول
chart-range = من { $low } إلى { $high }
figures-by-topic = كل الأرقام بحسب الموضوع
figures-other = أخرى
figures-download = تنزيل
figures-csv = لجداول البيانات
figures-json = للبرامج

scheme-auto = فاتح أم داكن: بحسب الجهاز
scheme-light = فاتح أم داكن: فاتح
scheme-dark = فاتح أم داكن: داكن
in-figures = بالأرقام
related = اقرأ أيضًا

## ما تعدّه الأرقام

unit-group = { $count ->
    [one] مجموعة واحدة
    [two] مجموعتان
    [few] { $number } مجموعات
   *[other] { $number } مجموعة
  }
unit-station = { $count ->
    [one] محطة واحدة
    [two] محطتان
    [few] { $number } محطات
   *[other] { $number } محطة
  }
unit-trip = { $count ->
    [one] رحلة واحدة
    [two] رحلتان
    [few] { $number } رحلات
   *[other] { $number } رحلة
  }
unit-day = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $number } أيام
   *[other] { $number } يومًا
  }
unit-item = { $count ->
    [one] بند واحد
    [two] بندان
    [few] { $number } بنود
   *[other] { $number } بندًا
  }
unit-language = { $count ->
    [one] لغة واحدة
    [two] لغتان
    [few] { $number } لغات
   *[other] { $number } لغة
  }
unit-matter = { $count ->
    [one] مسألة واحدة
    [two] مسألتان
    [few] { $number } مسائل
   *[other] { $number } مسألة
  }
unit-percent = { $number }٪
unit-route = { $count ->
    [one] خط واحد
    [two] خطان
    [few] { $number } خطوط
   *[other] { $number } خط
  }
