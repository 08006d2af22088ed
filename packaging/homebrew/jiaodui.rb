# NOT RUN YET. For homebrew-core, or a tap: Formula/j/jiaodui.rb.
class Jiaodui < Formula
  desc "Proofreads Chinese text out of newspaper PDFs and OCR"
  homepage "https://github.com/OWNER/jiaodui"
  url "https://github.com/OWNER/jiaodui/archive/refs/tags/v0.1.0.tar.gz"
  sha256 "SHA256"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
  end

  test do
    (testpath/"page.txt").write "⼈民\n"
    assert_match "radical-codepoint", shell_output("#{bin}/jiaodui check page.txt", 1)
  end
end
