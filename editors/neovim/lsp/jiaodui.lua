---@brief
---
--- jiaodui 校对: proofreads Chinese text out of newspaper PDFs and OCR.
---
--- Put this folder on the runtime path, `jiaodui` on `PATH`, and write in `init.lua`:
---
--- ```lua
--- vim.lsp.enable('jiaodui')
--- ```
---
--- Settings are those of `jiaodui.toml`, under `settings.jiaodui`:
---
--- ```lua
--- vim.lsp.config('jiaodui', { settings = { jiaodui = { year = 2020 } } })
--- ```
---
--- In an attached buffer there are `:LspJiaoduiFixAll`, `:LspJiaoduiJoinParagraph` and `:LspJiaoduiJoinDocument`.

--- How findings look. A hint is an offer (a paragraph that could be joined), and on a raw page every second line
--- end cuts a word: neither gets words at the line's end. The mark before the words is one that no font draws two
--- columns wide. Whoever sets `vim.g.jiaodui_diagnostics = false` keeps the display of their other servers.
---@type vim.diagnostic.Opts
local VIEW = {
  underline = { severity = { min = vim.diagnostic.severity.INFO } },
  virtual_text = { severity = { min = vim.diagnostic.severity.WARN }, spacing = 2, prefix = '»' },
  signs = { severity = { min = vim.diagnostic.severity.WARN } },
  severity_sort = true,
}

--- The namespaces that the client's findings stand in are made when the first arrive, and named differently for
--- pushed and for pulled ones.
---@param bufnr integer
local function set_view(bufnr)
  vim.api.nvim_create_autocmd('DiagnosticChanged', {
    buffer = bufnr,
    desc = 'jiaodui: how findings look',
    callback = function()
      local found = false
      for id, namespace in pairs(vim.diagnostic.get_namespaces()) do
        if namespace.name:find('lsp%.jiaodui%.') then
          vim.diagnostic.config(VIEW, id)
          found = true
        end
      end
      return found -- the work is done once
    end,
  })
end

--- Runs one of the server's commands at the cursor.
---@param client vim.lsp.Client
---@param name string
local function run(client, name)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local place = { uri = params.textDocument.uri, position = params.position }
  client:exec_cmd({ title = name, command = 'jiaodui.' .. name, arguments = { place } })
end

---@type vim.lsp.Config
return {
  cmd = { 'jiaodui', 'lsp', '--stdio' },
  filetypes = { 'text', 'markdown' },
  root_markers = { 'jiaodui.toml', '.git' },
  settings = { jiaodui = vim.empty_dict() },
  on_attach = function(client, bufnr)
    if vim.g.jiaodui_diagnostics ~= false then
      set_view(bufnr)
    end
    for command, name in pairs({
      LspJiaoduiFixAll = 'fixAll',
      LspJiaoduiJoinParagraph = 'joinParagraph',
      LspJiaoduiJoinDocument = 'joinDocument',
    }) do
      vim.api.nvim_buf_create_user_command(bufnr, command, function()
        run(client, name)
      end, { desc = 'jiaodui: ' .. name })
    end
  end,
}
