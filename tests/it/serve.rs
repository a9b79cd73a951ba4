//! The preview's server and its command, as any client and any terminal see them: over plain TCP,
//! from the program itself.

mod answers;
mod changes;
mod client;
mod command;
mod desk;
#[cfg(unix)]
mod editor;
mod escapes;
mod faults;
mod hosts;
mod server;
#[cfg(target_os = "linux")]
mod soak;

/// A site with something of each kind that a host has to serve.
const SITE: &str = "== site.yaml
title: {en: Ants, zh: 蚂蚁}
base_url: https://ants.example/
languages:
  - {code: en, tag: en, name: English}
  - {code: zh, tag: zh-Hans, name: 中文}
== content/notes/_index.en.md
---
title: Notes
---
== content/notes/ants.en.md
---
title: Ants
date: 2023-12-01
aliases: [/old/ants/, /older.html]
---
Six legs, as the [data](leg%20data.csv) say.
== content/notes/ants.zh.md
---
title: 蚂蚁
translated_from: en
slug: 蚂蚁
---
六条腿。
== content/notes/leg data.csv
legs,6
== content/notes/bees.en.md
---
title: Bees
draft: true
---
Six legs as well.

![A bee](bee.png)
== content/notes/bee.png (picture 500x20)
== static/plain.html
<!DOCTYPE html><title>Plain</title><body>As it is</body>
== static/.well-known/security.txt
Contact: nobody
== static/数据/腿.txt
六
== static/noextension
bytes
== static/app.mjs
export default 6
== static/empty.bin
== static/digits.bin (hex)
30 31 32 33 34 35 36 37 38 39
";
