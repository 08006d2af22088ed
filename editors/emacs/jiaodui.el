;;; jiaodui.el --- Proofread Chinese newspaper text with Eglot -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "30.1"))
;; Keywords: languages, text
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; 校对 jiaodui 的 Eglot 配置。Put `jiaodui' on PATH, this folder on
;; `load-path', and in init.el:
;;
;;   (require 'jiaodui)
;;   (add-hook 'text-mode-hook #'jiaodui-ensure)
;;   (add-hook 'markdown-mode-hook #'jiaodui-ensure)
;;
;; Findings are Flymake's (`flymake-goto-next-error'), cards Eldoc's
;; (`eldoc'), the outline Imenu's (`imenu'); `eglot-code-actions' fixes one
;; finding, `eglot-format-buffer' all that is safe to fix.

;;; Code:

(require 'eglot)

(defgroup jiaodui nil
  "Proofreading of Chinese newspaper text."
  :group 'eglot)

(defcustom jiaodui-command '("jiaodui" "lsp" "--stdio")
  "The server: a program and its arguments, or host and port of one that listens."
  :type '(repeat (choice string integer)))

(defcustom jiaodui-settings nil
  "Settings as in jiaodui.toml, a property list: (:year 2020 :rules (:hard-wrap \"off\"))."
  :type 'plist)

(defconst jiaodui-modes
  '((text-mode :language-id "plaintext")
    (markdown-mode :language-id "markdown")
    (gfm-mode :language-id "markdown"))
  "Where the server is started, with what it is told of the language.")

(add-to-list 'eglot-server-programs
             (cons jiaodui-modes (lambda (&rest _) jiaodui-command)))

;;;###autoload
(defun jiaodui-ensure ()
  "Proofread this buffer, if it is plain text or Markdown itself and no mode made of them."
  (when (assq major-mode jiaodui-modes)
    (setq-local eglot-workspace-configuration
                (list :jiaodui (or jiaodui-settings (make-hash-table))))
    (eglot-ensure)))

(defun jiaodui--execute (command)
  "Run the server's COMMAND at point."
  (let ((server (eglot-current-server)))
    (unless server (user-error "jiaodui is not running here"))
    (eglot--signal-textDocument/didChange)
    (eglot-execute server (list :title command :command command
                                :arguments (vector (list :uri (plist-get (eglot--TextDocumentIdentifier) :uri)
                                                         :position (eglot--pos-to-lsp-position)))))))

(defun jiaodui-fix-all ()
  "Apply every safe fix. 修正所有可以放心修正的问题。"
  (interactive)
  (jiaodui--execute "jiaodui.fixAll"))

(defun jiaodui-join-paragraph ()
  "Join the lines of the paragraph at point. 接合本段各行。"
  (interactive)
  (jiaodui--execute "jiaodui.joinParagraph"))

(defun jiaodui-join-document ()
  "Join the lines of every paragraph. 接合全文各行。"
  (interactive)
  (jiaodui--execute "jiaodui.joinDocument"))

(provide 'jiaodui)
;;; jiaodui.el ends here
