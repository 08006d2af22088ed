-- The seed page in a real Neovim:  nvim --clean --headless -l editors/neovim/test.lua
-- Runs the `jiaodui` on PATH. Exit code 0 when every check holds.
local here = vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2)))
local seed = vim.fs.normalize(here .. '/../../seeds/jiaozuo-daily-2020-02.txt')

local passed, failed = 0, 0
local function check(holds, what)
  if holds then
    passed = passed + 1
  else
    failed = failed + 1
  end
  print((holds and 'ok    ' or 'FAILED ') .. what)
  return holds
end
local function eventually(condition)
  return vim.wait(10000, condition, 10)
end

vim.opt.runtimepath:prepend(here)
vim.cmd('filetype on')
local folder = vim.fn.tempname()
vim.fn.mkdir(folder, 'p')
local page = folder .. '/page.txt'
assert(vim.uv.fs_copyfile(seed, page))

print(('Neovim %s, %s'):format(vim.version(), vim.fn.exepath('jiaodui')))
vim.lsp.enable('jiaodui')
vim.cmd.edit(page)
local buf = vim.api.nvim_get_current_buf()

-- Attaching.
check(vim.bo[buf].filetype == 'text', 'a .txt file is text')
local client
check(
  eventually(function()
    client = vim.lsp.get_clients({ bufnr = buf, name = 'jiaodui' })[1]
    return client ~= nil and client.initialized
  end),
  'vim.lsp.enable attaches the server'
)

local function lines()
  return vim.api.nvim_buf_get_lines(buf, 0, -1, false)
end
local function buffer_text()
  return table.concat(lines(), '\n') .. (vim.bo[buf].eol and '\n' or '')
end
local function request(method, more)
  local params = vim.tbl_extend('error', { textDocument = { uri = vim.uri_from_bufnr(buf) } }, more or {})
  local answer, why = client:request_sync(method, params, 10000, buf)
  if answer == nil or answer.err then
    error(method .. ': ' .. vim.inspect(why or answer.err))
  end
  return answer.result
end
local function in_step(when)
  local theirs = request('jiaodui/text').text
  return check(theirs == buffer_text(), "the server's text equals the buffer " .. when)
end

-- Findings: the bytes of each are exactly the words meant.
local function span(it)
  local text = vim.api.nvim_buf_get_text(buf, it.lnum, it.col, it.end_lnum, it.end_col, {})
  return table.concat(text, '⏎')
end
local function findings(code, words)
  return vim.tbl_filter(function(it)
    return it.code == code and (words == nil or span(it) == words)
  end, vim.diagnostic.get(buf))
end
check(
  eventually(function()
    return #vim.diagnostic.get(buf) > 0
  end),
  'findings arrive'
)
local spans = dofile(here .. '/expected.lua')
for _, expected in ipairs(spans.found) do
  local code, words = unpack(expected)
  check(#findings(code, words) > 0, ('%s is found: %s'):format(code, words))
end
for _, words in ipairs(spans.clean) do
  local hit = vim.tbl_filter(function(it)
    return span(it) == words
  end, vim.diagnostic.get(buf))
  check(#hit == 0, ('nothing is found in %s'):format(words))
end
local unsigned = vim.tbl_filter(function(it)
  return it.source ~= 'jiaodui'
end, vim.diagnostic.get(buf))
check(#unsigned == 0, 'every finding is signed jiaodui')

-- Display: words at the line's end for warnings only.
local function marks(bufnr)
  local underlined, worded = 0, 0
  for _, namespace in pairs(vim.api.nvim_get_namespaces()) do
    for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(bufnr, namespace, 0, -1, { details = true })) do
      local details = mark[4]
      underlined = underlined + ((details.hl_group or ''):find('^DiagnosticUnderline') and 1 or 0)
      worded = worded + (details.virt_text and 1 or 0)
    end
  end
  return underlined, worded
end
check(
  eventually(function()
    local underlined, worded = marks(buf)
    return underlined > 0 and worded > 0 and worded < underlined
  end),
  'underlines are drawn, and words beside the worse ones'
)

-- Hover, through the function that `K` calls, on both halves of a name cut by the column.
local function place(words)
  for index, line in ipairs(lines()) do
    local column = line:find(words, 1, true)
    if column then
      return index, column - 1
    end
  end
end
local function hover(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  vim.lsp.buf.hover()
  local float
  eventually(function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        float = window
        return true
      end
    end
    return false
  end)
  if float == nil then
    return ''
  end
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, false), '\n')
  vim.api.nvim_win_close(float, true)
  return text
end
local cut = place('第一书记王')
local upper = hover(cut, #lines()[cut] - #'王')
local lower = hover(cut + 1, 0)
check(upper:find('王晋豫', 1, true) ~= nil, 'hover on the first half of 王⏎晋豫: ' .. (upper:match('[^\n]+') or 'nothing'))
check(lower:find('王晋豫', 1, true) ~= nil, 'hover on the second half of 王⏎晋豫: ' .. (lower:match('[^\n]+') or 'nothing'))
check(upper == lower, 'both halves show the same card')

-- Outline, through the function that `gO` calls.
local items
vim.lsp.buf.document_symbol({
  on_list = function(list)
    items = list.items
  end,
})
eventually(function()
  return items ~= nil
end)
local outline = table.concat(
  vim.tbl_map(function(it)
    return it.text
  end, items or {}),
  '\n'
)
local symbols = request('textDocument/documentSymbol')
check(#symbols == 9, ('the outline has the nine articles: %d'):format(#symbols))
for _, headline in ipairs({ '焦作移动扶贫干部投身抗疫一线', '孟州市做好“未病先防”文章', '焦南街道织密疫情防控网' }) do
  check(outline:find(headline, 1, true) ~= nil, 'the outline names ' .. headline)
end

-- A quick fix.
local spaced, column = place('2016 年')
vim.api.nvim_win_set_cursor(0, { spaced, column })
vim.lsp.buf.code_action({
  context = { only = { 'quickfix' }, diagnostics = vim.lsp.diagnostic.from(findings('date-spacing', '2016 年')) },
  apply = true,
  filter = function(action)
    return action.isPreferred == true
  end,
})
check(
  eventually(function()
    return place('2016年') == spaced
  end),
  'the preferred quick fix makes it 2016年'
)
check(
  eventually(function()
    return #findings('date-spacing', '2016 年') == 0
  end),
  'and its finding is gone'
)
in_step('after the fix')

-- Names, by the functions that `grn` and `grr` call, from the second half of one that the column cut.
local function listed(ask)
  local found
  ask({
    on_list = function(list)
      found = list.items
    end,
  })
  eventually(function()
    return found ~= nil
  end)
  return found or {}
end
vim.api.nvim_win_set_cursor(0, { cut + 1, 0 })
local mentions = listed(function(on)
  vim.lsp.buf.references(nil, on)
end)
check(#mentions == 6, ('the references of 王⏎晋豫: %d'):format(#mentions))
local first = listed(vim.lsp.buf.definition)
check(first[1] and first[1].lnum == cut, 'its definition is its first mention')
local before = buffer_text()
vim.bo[buf].undolevels = vim.bo[buf].undolevels -- what comes is undone by itself
vim.lsp.buf.rename('王晋裕')
check(
  eventually(function()
    return place('第一书记王') == cut and vim.startswith(lines()[cut + 1], '晋裕')
  end),
  'a rename goes through the line end'
)
check(not buffer_text():gsub('\n', ''):find('王晋豫', 1, true), 'and to every mention')
in_step('after the rename')
vim.cmd('silent! undo')
check(buffer_text() == before, 'one undo takes it back')

-- Completion: a name of the page from its first character.
vim.api.nvim_buf_set_lines(buf, -1, -1, false, { '', '记者原' })
local last = vim.api.nvim_buf_line_count(buf) - 1
local offered = {}
check(
  eventually(function()
    local place = { position = { line = last, character = #'记者原' } }
    local answer = request('textDocument/completion', place)
    offered = vim.tbl_map(function(it)
      return it.label
    end, answer and (answer.items or answer) or {})
    return vim.tbl_contains(offered, '原文钊')
  end),
  '原 offers 原文钊: ' .. table.concat(offered, ' ')
)
vim.cmd('silent! undo')

-- Folds by article, as `foldexpr` has them.
vim.wo.foldmethod = 'expr'
vim.wo.foldexpr = 'v:lua.vim.lsp.foldexpr()'
check(
  eventually(function()
    return vim.fn.foldlevel(2) > 0
  end),
  ('articles fold: level %d'):format(vim.fn.foldlevel(2))
)
vim.wo.foldmethod = 'manual'

-- Settings that change while the server runs.
local function set(severity)
  client.settings = { jiaodui = { rules = { ['hard-wrap'] = severity } } }
  client:notify('workspace/didChangeConfiguration', { settings = client.settings })
  if vim.fn.has('nvim-0.12') == 0 then
    -- It asks for findings again at the next edit only.
    vim.api.nvim_buf_set_text(buf, 0, 0, 0, 0, { ' ' })
    vim.api.nvim_buf_set_text(buf, 0, 0, 0, 1, { '' })
  end
end
set('off')
check(
  eventually(function()
    return #findings('hard-wrap') == 0
  end),
  'a rule that is switched off is silent'
)
set('hint')
check(
  eventually(function()
    return #findings('hard-wrap') > 0
  end),
  'and speaks again when switched on'
)

-- Typing: whatever is put where, the server's copy stays the buffer's.
math.randomseed(20200212)
local pool = { '王', '晋豫', '𬱖', '😀', 'a', ' ', '，', '“', '2 月 12 日', '\n', '\n\n', '　　', '疫情防控', 'é', '⼈' }
local function character_starts(line)
  local starts = vim.str_utf_pos(line)
  starts[#starts + 1] = #line + 1
  return starts
end
for index = 1, 120 do
  local row = math.random(0, vim.api.nvim_buf_line_count(buf) - 1)
  local line = vim.api.nvim_buf_get_lines(buf, row, row + 1, false)[1]
  local starts = character_starts(line)
  local from, to = starts[math.random(#starts)] - 1, starts[math.random(#starts)] - 1
  if from > to then
    from, to = to, from
  end
  local dice = math.random(4)
  if dice == 1 then
    vim.api.nvim_buf_set_text(buf, row, from, row, to, {})
  elseif dice == 2 then
    vim.api.nvim_buf_set_text(buf, row, from, row, to, vim.split(pool[math.random(#pool)], '\n'))
  elseif dice == 3 then
    vim.api.nvim_buf_set_text(buf, row, from, row, from, vim.split(pool[math.random(#pool)], '\n'))
  else
    vim.api.nvim_win_set_cursor(0, { row + 1, 0 })
    vim.cmd('silent! normal! ' .. ({ 'dd', 'yyp', 'J', 'ddP', '2ddGp' })[math.random(5)])
  end
  if index % 15 == 0 then
    vim.cmd('silent! undo')
  end
  if index % 40 == 0 then
    in_step(('after %d edits'):format(index))
  end
end
vim.cmd('silent! undo 0')
in_step('after everything is undone')
check(table.concat(lines(), '\n') == table.concat(vim.fn.readfile(seed), '\n'), 'and equals the file again')

-- Formatting mends what is safe to mend, and a second time nothing.
vim.lsp.buf.format({ name = 'jiaodui', timeout_ms = 10000 })
in_step('after formatting')
local formatted = buffer_text()
check(formatted:find('2016年，王晋豫等人响应号召', 1, true) ~= nil, 'formatting joins the lines and closes the spaces')
check(formatted:find('社区是疫情防控工作的重中之重', 1, true) ~= nil, 'formatting draws letter-spaced lines together')
vim.lsp.buf.format({ name = 'jiaodui', timeout_ms = 10000 })
check(buffer_text() == formatted, 'formatting twice changes nothing more')

-- Commands of the buffer.
vim.cmd('silent! undo 0')
check(vim.fn.exists(':LspJiaoduiFixAll') == 2, ':LspJiaoduiFixAll is there')
vim.api.nvim_win_set_cursor(0, { cut, 0 })
vim.cmd('LspJiaoduiJoinParagraph')
check(
  eventually(function()
    return place('第一书记王晋豫就是其中一员。') ~= nil
  end),
  ':LspJiaoduiJoinParagraph joins the paragraph'
)
vim.cmd('LspJiaoduiFixAll')
check(
  eventually(function()
    return buffer_text() == formatted
  end),
  ':LspJiaoduiFixAll does what formatting does'
)
in_step('at the end')

-- A Markdown file, with a name outside the BMP before the finding.
vim.cmd('silent! write!')
vim.fn.writefile({ '# 学校消息', '', '2016 年，𬱖老师与王𬱖说，2017 年再来；2018 年、2019 年也来，如今已3年。' }, folder .. '/note.md')
vim.cmd.edit(folder .. '/note.md')
buf = vim.api.nvim_get_current_buf()
check(
  eventually(function()
    return #vim.lsp.get_clients({ bufnr = buf, name = 'jiaodui' }) == 1
  end),
  'Markdown is proofread too'
)
in_step('in Markdown')

-- Health and help.
vim.cmd('checkhealth jiaodui')
local health
check(
  eventually(function()
    health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return health:find('columns in utf-8', 1, true) ~= nil
  end),
  ':checkhealth jiaodui tells of the client'
)
check(health:find('jiaodui %d+%.%d+%.%d+') ~= nil, 'and of the program: ' .. (health:match('[^\n]*jiaodui %d+[^\n]*') or health))
check(health:find('ERROR', 1, true) == nil, 'and finds nothing wrong')
vim.cmd('bwipeout!')
for _, topic in ipairs({ 'jiaodui', 'jiaodui-settings', ':LspJiaoduiFixAll', '校对' }) do
  local found = pcall(vim.cmd.help, topic)
  check(found and vim.bo.filetype == 'help', ':h ' .. topic)
end
-- Versions differ in the order of the tags and in the line on their encoding.
local function tags(file)
  local rows = vim.tbl_filter(function(it)
    return not vim.startswith(it, '!')
  end, vim.fn.readfile(file))
  table.sort(rows)
  return rows
end
vim.fn.mkdir(folder .. '/doc')
assert(vim.uv.fs_copyfile(here .. '/doc/jiaodui.txt', folder .. '/doc/jiaodui.txt'))
vim.cmd.helptags(folder .. '/doc')
check(vim.deep_equal(tags(here .. '/doc/tags'), tags(folder .. '/doc/tags')), "the help file's tags are current")

-- Stopping.
client:stop()
check(
  eventually(function()
    return client:is_stopped()
  end),
  'the server stops when asked to'
)
print(('%d passed, %d failed'):format(passed, failed))
vim.cmd.cquit({ count = failed == 0 and 0 or 1, bang = true })
