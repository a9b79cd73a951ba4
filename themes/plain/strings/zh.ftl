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
other-letters = 数字和符号

## 找不到页面

not-found-text = 这个地址没有内容。页面可能已经移走，也可能是地址写错了。
to-home = 返回首页

## 语言入口页

# $language：语言名称，这句话也用该语言书写
continue-in = 继续阅读{ $language }版
# 关闭语言提示的按钮
offer-close = 不用了
