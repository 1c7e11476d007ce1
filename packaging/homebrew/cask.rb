cask "@PROGRAM@" do
  arch arm: "aarch64", intel: "x64"

  version "@VERSION@"
  sha256 arm:   "@DMG_AARCH64_SHA256@",
         intel: "@DMG_X64_SHA256@"

  url "@URL@/@FILE@_#{version}_#{arch}.dmg"
  name "@NAME@"
  desc "@DESCRIPTION@"
  homepage "@HOMEPAGE@"

  depends_on macos: ">= :big_sur"

  app "@NAME@.app"

  zap trash: [
    "~/Library/Application Support/@IDENTIFIER@",
    "~/Library/Caches/@IDENTIFIER@",
    "~/Library/Saved Application State/@IDENTIFIER@.savedState",
    "~/Library/WebKit/@IDENTIFIER@",
  ]
end
