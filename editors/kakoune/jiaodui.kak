# jiaodui 校对 in Kakoune with kak-lsp 18 or newer: source this from your kakrc, after `eval %sh{kak-lsp}`.

# Kakoune gives text files a type only where the program `file` is there to ask.
hook global BufCreate .*\.txt %{ set-option buffer filetype plain }

hook global BufSetOption filetype=(plain|markdown) %{
    set-option buffer lsp_servers %{
        [jiaodui]
        command = "jiaodui"
        args = ["lsp"]
        root_globs = ["jiaodui.toml", ".git"]
    }
}
hook global WinSetOption filetype=(plain|markdown) %{
    lsp-enable-window
    lsp-inlay-diagnostics-enable window
    map window user a ':lsp-code-actions<ret>' -docstring '修正 fix'
    map window user h ':lsp-hover<ret>' -docstring '说明 card'
    map window user f ':lsp-formatting<ret>' -docstring '全部修正 fix all'
    map window user o ':lsp-document-symbol<ret>' -docstring '各篇 articles'
    map window user r ':lsp-rename-prompt<ret>' -docstring '改名 rename'
}
