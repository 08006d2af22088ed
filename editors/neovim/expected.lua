-- What is found on the seed page, and what is not. ⏎ is a line end.
return {
  found = {
    { 'number-spacing', '村 140 户' },
    { 'date-spacing', '2016 年' },
    { 'date-spacing', '至 2 月 12 日' },
    { 'split-word', '王⏎晋豫' },
    { 'split-number', '1 月⏎28日' },
    { 'punctuation-spacing', '》 等' },
    { 'letter-spacing', '区 是 疫 情 防 控 工 作 的 重 中 之' },
  },
  clean = { '3年', '2000平方米', '“64227”' },
}
