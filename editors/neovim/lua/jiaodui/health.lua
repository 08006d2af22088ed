--- `:checkhealth jiaodui`: whether the program, the configuration and the clients are as they should be.
local M = {}

local MINIMUM = { 0, 11, 0 }

local function check_neovim()
  vim.health.start('Neovim')
  if vim.version.ge(vim.version(), MINIMUM) then
    vim.health.ok(('Neovim %s'):format(vim.version()))
  else
    vim.health.error(('Neovim %s is too old'):format(vim.version()), 'Install Neovim 0.11 or newer')
  end
end

---@return string? program that would be started
local function check_program()
  vim.health.start('program')
  local command = (vim.lsp.config.jiaodui or {}).cmd
  if type(command) == 'function' then
    vim.health.ok('connects to a server that is running')
    return nil
  end
  local program = vim.fn.exepath((command or { 'jiaodui' })[1])
  if program == '' then
    vim.health.error(('%s is not executable'):format((command or { 'jiaodui' })[1]), {
      'Put `jiaodui` on PATH: cargo install --path .',
      "Or name it: vim.lsp.config('jiaodui', { cmd = { '/path/to/jiaodui', 'lsp' } })",
    })
    return nil
  end
  local answer = vim.system({ program, '--version' }, { text = true, timeout = 5000 }):wait()
  if answer.code == 0 then
    vim.health.ok(('%s: %s'):format(program, vim.trim(answer.stdout)))
  else
    vim.health.error(('%s --version fails (%d): %s'):format(program, answer.code, vim.trim(answer.stderr or '')))
  end
  return program
end

local function check_configuration()
  vim.health.start('configuration')
  if vim.lsp.is_enabled == nil or vim.lsp.is_enabled('jiaodui') then
    vim.health.ok("vim.lsp.enable('jiaodui')")
  else
    vim.health.warn('the server is not enabled', "Write in init.lua: vim.lsp.enable('jiaodui')")
  end
  if vim.g.jiaodui_diagnostics == false then
    vim.health.info('vim.g.jiaodui_diagnostics = false: findings look as vim.diagnostic.config() says')
  end
  local here = vim.api.nvim_buf_get_name(0)
  local toml = vim.fs.find('jiaodui.toml', { upward = true, path = here ~= '' and vim.fs.dirname(here) or vim.uv.cwd() })[1]
  vim.health.info(toml and ('settings of this folder: %s'):format(toml) or 'no jiaodui.toml above this folder')
end

local function check_clients()
  vim.health.start('clients')
  local clients = vim.lsp.get_clients({ name = 'jiaodui' })
  if #clients == 0 then
    vim.health.info('none runs: open a text or Markdown file')
  end
  for _, client in ipairs(clients) do
    local version = (client.server_info or {}).version or '?'
    local buffers = vim.tbl_count(client.attached_buffers or {})
    vim.health.ok(('client %d, server %s, %d buffers, columns in %s'):format(client.id, version, buffers, client.offset_encoding))
  end
end

function M.check()
  check_neovim()
  check_program()
  check_configuration()
  check_clients()
end

return M
