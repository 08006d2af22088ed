# NOT RUN YET. For nixpkgs: pkgs/by-name/ji/jiaodui/package.nix.
{
  lib,
  rustPlatform,
  fetchFromGitHub,
}:

rustPlatform.buildRustPackage (finalAttrs: {
  pname = "jiaodui";
  version = "0.1.0";

  src = fetchFromGitHub {
    owner = "OWNER";
    repo = "jiaodui";
    tag = "v${finalAttrs.version}";
    hash = lib.fakeHash;
  };

  cargoHash = lib.fakeHash;

  meta = {
    description = "Language server and command line that proofreads Chinese text out of newspaper PDFs and OCR";
    homepage = "https://github.com/OWNER/jiaodui";
    license = with lib.licenses; [
      mit
      asl20
    ];
    mainProgram = "jiaodui";
  };
})
