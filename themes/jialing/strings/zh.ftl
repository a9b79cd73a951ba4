# 明暗切换按钮：当前的状态
scheme-auto = 明暗：跟随设备
scheme-light = 明暗：浅色
scheme-dark = 明暗：深色
# 首页数据一栏的标题，也是一篇文章的数据的名称
in-figures = 数字速览
# 同一专题的其他文章
related = 延伸阅读
# 首页通往全部文章的链接。$count：数字
all-articles = 全部{ $count }篇文章
