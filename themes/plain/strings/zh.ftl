## 生成器自身使用的文字

alert-note = 说明
alert-tip = 提示
alert-important = 重要
alert-warning = 警告
alert-caution = 当心
footnotes = 注释
footnote-back = 返回正文
task-done = 已完成
task-open = 待办
# content/topics/_index 未写标题时，专题总览的标题
topics = 专题
not-found = 找不到页面
# $site、$topic：文字
feed-title-topic = { $site }：{ $topic }
# $url：页面的新地址
redirect = 本页已移至 { $url }

## 各页通用

skip = 跳到正文
# 主导航的名称，供读屏软件朗读
navigation = 主导航
# 语言切换的名称，供读屏软件朗读
languages = 语言
# 语言切换中没有对应版本的语言。$language：该语言的名称
elsewhere = 本页暂无{ $language }版，此链接通往最接近的页面。
# 正文为其他语言时的说明。$wanted、$shown：语言名称
untranslated = 本文暂无{ $wanted }版，以下为其他语言的版本：{ $shown }。
# 原文在翻译之后有改动时的说明。$language：原文的语言名称
stale = { $language }版在本文译成之后有过修改，译文尚未更新。
feed = Atom订阅
contents = 目录

## 文章

date = 日期
updated = 更新
# $minutes：数字
reading-time = 阅读约需{ $minutes }分钟
# 指向另一版本的链接，用该版本的语言书写。$language：该语言的名称
read-in = 阅读本文{ $language }版
source = 来源
# 链接到本文的文章
mentioned-in = 提及本文的文章
# 前后文章链接的名称，供读屏软件朗读
neighbours = 更多文章
previous = 上一篇
next = 下一篇

## 列表

latest = 最新文章
# $count：数字
article-count = { $count }篇文章
no-articles = 这里还没有文章。
feed-topic = 本专题的Atom订阅
# 分页链接的名称，供读屏软件朗读
pages = 分页
previous-page = 上一页
next-page = 下一页
# $number、$total：数字
page-of = 第{ $number }页，共{ $total }页
# 列表第二页起的标题。$title：文字；$number：数字
title-of-page = { $title }（第{ $number }页）
# 索引字母的名称，供读屏软件朗读
letters = 索引字母
# 索引中“#”的含义，供读屏软件朗读
other-letters = 数字、符号和其他文字
months = 月份
undated = 未注明日期

## 数据的单位，以文前信息中的单位名称为键，斜线写作“-per-”
## $number（文字）：按本语言写出的数；$count（数字）：该数的值
## 属性compact用于表格和卡片

unit-percent = { $number }%
unit-percentage-point = { $number }个百分点
unit-times = { $number }倍
unit-ordinal = 第{ $number }
unit-CNY = { $number }元
unit-USD = { $number }美元
unit-HKD = { $number }港元
unit-EUR = { $number }欧元
unit-GBP = { $number }英镑
unit-JPY = { $number }日元
unit-kg = { $number }公斤
unit-gram = { $number }克
unit-tonne = { $number }吨
unit-km = { $number }公里
unit-m = { $number }米
unit-km2 = { $number }平方公里
unit-m2 = { $number }平方米
unit-m3 = { $number }立方米
unit-hectare = { $number }公顷
unit-mu = { $number }亩
unit-kW = { $number }千瓦
unit-MW = { $number }兆瓦
unit-kWh = { $number }千瓦时
unit-MWh = { $number }兆瓦时
unit-second = { $number }秒
unit-minute = { $number }分钟
unit-hour = { $number }小时
unit-day = { $number }天
unit-week = { $number }周
unit-month = { $number }个月
unit-year = { $number }年
unit-person = { $number }人
unit-household = { $number }户
unit-visit = { $number }次
unit-case = { $number }件
unit-city = { $number }个
unit-company = { $number }家
unit-country = { $number }个
unit-district = { $number }个
unit-facility = { $number }个
unit-group = { $number }个
unit-hospital = { $number }家
unit-item = { $number }项
unit-job = { $number }个
unit-laboratory = { $number }个
unit-line = { $number }条
unit-matter = { $number }项
unit-outlet = { $number }个
unit-park = { $number }个
unit-passenger = { $number }人次
unit-patent = { $number }件
unit-place = { $number }处
unit-plan = { $number }个
unit-practice = { $number }条
unit-project = { $number }个
unit-record = { $number }条
unit-region = { $number }个
unit-route = { $number }条
unit-scenario = { $number }个
unit-school = { $number }所
unit-station = { $number }个
unit-student = { $number }名
unit-train = { $number }列
unit-trip = { $number }列
unit-vehicle = { $number }辆
unit-village = { $number }个
unit-zone = { $number }个
unit-file = { $number }个
unit-language = { $number }种
unit-article = { $number }篇
unit-page = { $number }页
unit-person-per-day = 每天{ $number }人次
unit-train-per-day = 每天{ $number }列
unit-trip-per-day = 每天{ $number }列
unit-visit-per-day = 每天{ $number }次
unit-person-per-year = 每年{ $number }人次
unit-tonne-per-year = 每年{ $number }吨

# 界限。用$number（文字）则紧靠数字，位于单位之内：每天超过9万人次；用$quantity（文字）则位于整体之外
bound-over = 超过{ $number }
    .compact = { $number }+
bound-under = 不足{ $number }
    .compact = <{ $number }
bound-about = 约{ $number }

## 找不到页面

not-found-text = 这个地址没有内容。页面可能已经移走，也可能是地址写错了。
to-home = 返回首页

## 语言入口页

# $language：语言名称，这句话也用该语言书写
continue-in = 继续阅读{ $language }版
# 关闭语言提示的按钮
offer-close = 不用了

## 图片和视频

# 指向大图的链接，位于图片说明之前，供读屏软件朗读
picture-large = 查看大图：
# $title：视频标题
video-play = 播放视频：{ $title }
# 指向站外视频的链接。$host：所在网站；$title：视频标题
video-elsewhere = 前往{ $host }观看：{ $title }
# 位于视频时长之前，供读屏软件朗读
video-duration = 时长：
# 指向视频文字稿的链接
video-transcript = 文字稿

## 数据

# 数据表各列的表头
figure = 指标
figure-value = 数值
figure-period = 时段
# 展开图表的数据表
chart-data = 查看数据表
# $low、$high：范围的两端
chart-range = { $low }至{ $high }
figures-by-topic = 按专题列出的全部数据
figures-other = 其他
figures-download = 下载
figures-csv = 供电子表格使用
figures-json = 供程序使用
