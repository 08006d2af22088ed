" jiaodui 校对 in Vim 9 with YouCompleteMe: source this from your vimrc, before YouCompleteMe is loaded.
let g:ycm_language_server = get(g:, 'ycm_language_server', []) +
      \ [{'name': 'jiaodui', 'cmdline': ['jiaodui', 'lsp'], 'filetypes': ['text', 'markdown'],
      \   'project_root_files': ['jiaodui.toml', '.git']}]

" YouCompleteMe does nothing in text and Markdown unless it is told to.
let g:ycm_filetype_blacklist = get(g:, 'ycm_filetype_blacklist', {'tagbar': 1, 'notes': 1, 'netrw': 1, 'unite': 1,
      \ 'vimwiki': 1, 'pandoc': 1, 'infolog': 1, 'leaderf': 1, 'mail': 1})
" A page has more than the thirty findings that it shows.
let g:ycm_max_diagnostics_to_display = get(g:, 'ycm_max_diagnostics_to_display', 0)
let g:ycm_always_populate_location_list = get(g:, 'ycm_always_populate_location_list', 1)

augroup jiaodui
  autocmd!
  " The card of the name, date or amount; a quick fix; formatting, which fixes all that is safe to fix.
  autocmd FileType text,markdown nmap <buffer> K <plug>(YCMHover)
  autocmd FileType text,markdown nnoremap <buffer> <localleader>a :YcmCompleter FixIt<CR>
  autocmd FileType text,markdown nnoremap <buffer> <localleader>f :YcmCompleter Format<CR>
  autocmd FileType text,markdown nnoremap <buffer> <localleader>r :YcmCompleter RefactorRename<Space>
augroup END
