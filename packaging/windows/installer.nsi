; The installer for one person, without an administrator's rights: the app, its entry in the Start menu, the scheme of its
; links, its place in the list of installed apps. The uninstaller takes back all of that and leaves what the app keeps of
; the person.
;
; `cargo xtask bundle nsis` compiles it and defines, from tauri.conf.json and Cargo.toml:
;   NAME PROGRAM VERSION PUBLISHER COPYRIGHT DESCRIPTION IDENTIFIER SCHEME ICON SIZE (KB)
;   FILES    the folder with the files to be installed
;   OUTPUT   the installer
;   LOADER   where the app needs Microsoft's loader of the webview beside it (the GNU toolchain links none)
;   SIGN     where programs are signed: the command, with "%1" for the file

Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include x64.nsh

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${IDENTIFIER}"
!define SCHEME_KEY "Software\Classes\${SCHEME}"
!define NOTIFIER_KEY "Software\Classes\AppUserModelId\${IDENTIFIER}"
!define OPEN_COMMAND '"$INSTDIR\${PROGRAM}.exe" "%1"'
!define WEBVIEW2 "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define WEBVIEW2_DOWNLOAD "https://go.microsoft.com/fwlink/p/?LinkId=2124703"

; What an installer says that cannot replace a program which runs.
!define EXIT_IN_USE 3

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
; An upgrade goes where the app is.
InstallDirRegKey HKCU "${UNINSTALL_KEY}" InstallLocation
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${DESCRIPTION}"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey LegalCopyright "${COPYRIGHT}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}.exe"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE German
!insertmacro MUI_LANGUAGE Spanish
!insertmacro MUI_LANGUAGE Japanese
!insertmacro MUI_LANGUAGE Arabic

LangString IN_USE ${LANG_ENGLISH} "${NAME} is running. Close its windows and try again."
LangString IN_USE ${LANG_GERMAN} "${NAME} läuft. Schließe die Fenster und versuche es noch einmal."
LangString IN_USE ${LANG_SPANISH} "${NAME} está abierto. Cierra sus ventanas e inténtalo de nuevo."
LangString IN_USE ${LANG_JAPANESE} "${NAME} は実行中です。ウィンドウを閉じてから、もう一度お試しください。"
LangString IN_USE ${LANG_ARABIC} "${NAME} قيد التشغيل. أغلق نوافذه وحاول مرة أخرى."

LangString NO_WEBVIEW ${LANG_ENGLISH} "${NAME} needs Microsoft’s WebView2 Runtime, which this system does not have. Open the page from which it can be installed?"
LangString NO_WEBVIEW ${LANG_GERMAN} "${NAME} braucht die WebView2-Runtime von Microsoft, die auf diesem System fehlt. Soll die Seite geöffnet werden, von der sie installiert werden kann?"
LangString NO_WEBVIEW ${LANG_SPANISH} "${NAME} necesita WebView2 Runtime de Microsoft, que falta en este sistema. ¿Abrir la página desde la que se puede instalar?"
LangString NO_WEBVIEW ${LANG_JAPANESE} "${NAME} には Microsoft の WebView2 ランタイムが必要ですが、このシステムにはありません。インストール用のページを開きますか？"
LangString NO_WEBVIEW ${LANG_ARABIC} "يحتاج ${NAME} إلى WebView2 Runtime من Microsoft، وهو غير موجود في هذا النظام. هل تريد فتح الصفحة التي يمكن تثبيته منها؟"

; Waits until nobody uses the program, as Windows neither replaces nor removes one that runs. Nobody can answer a silent
; installer: it waits for ten seconds, as an app that is being updated ends while its installer starts, and gives up.
!macro WaitUntilUnused prefix
  Function ${prefix}WaitUntilUnused
    StrCpy $1 0
    ${DoWhile} ${FileExists} "$INSTDIR\${PROGRAM}.exe"
      ClearErrors
      FileOpen $0 "$INSTDIR\${PROGRAM}.exe" a
      ${IfNot} ${Errors}
        FileClose $0
        Return
      ${EndIf}
      ${If} ${Silent}
        ${If} $1 == 50
          SetErrorLevel ${EXIT_IN_USE}
          Quit
        ${EndIf}
        IntOp $1 $1 + 1
        Sleep 200
        ${Continue}
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE)" IDRETRY again
      SetErrorLevel ${EXIT_IN_USE}
      Quit
      again:
    ${Loop}
  FunctionEnd
!macroend
!insertmacro WaitUntilUnused ""
!insertmacro WaitUntilUnused "un."

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "Windows x64" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ; What Tauri's updater says: /P shows no pages, /R starts the app afterwards.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/P" $1
  ${IfNot} ${Errors}
    SetSilent silent
  ${EndIf}
FunctionEnd

Function .onInstSuccess
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/R" $1
  ${IfNot} ${Errors}
    Exec '"$INSTDIR\${PROGRAM}.exe"'
  ${EndIf}
FunctionEnd

Section
  Call WaitUntilUnused
  SetOutPath "$INSTDIR"
  File "${FILES}\${PROGRAM}.exe"
  File "${FILES}\LICENSE-MIT"
  File "${FILES}\LICENSE-APACHE"
!ifdef LOADER
  File "${FILES}\WebView2Loader.dll"
!endif
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}.exe"

  ; As the app writes it when it starts: then it sees that its links are its own.
  WriteRegStr HKCU "${SCHEME_KEY}" "" "URL:${IDENTIFIER} protocol"
  WriteRegStr HKCU "${SCHEME_KEY}" "URL Protocol" ""
  WriteRegStr HKCU "${SCHEME_KEY}\DefaultIcon" "" "$INSTDIR\${PROGRAM}.exe,0"
  WriteRegStr HKCU "${SCHEME_KEY}\shell\open\command" "" '${OPEN_COMMAND}'

  ; Notifications carry the app's name.
  WriteRegStr HKCU "${NOTIFIER_KEY}" DisplayName "${NAME}"

  WriteRegStr HKCU "${UNINSTALL_KEY}" DisplayName "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" DisplayIcon "$INSTDIR\${PROGRAM}.exe,0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" Publisher "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" EstimatedSize ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" NoModify 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" NoRepair 1

  Call LookForWebview
SectionEnd

; Windows 11 brings the webview along; on Windows 10 it may be missing.
Function LookForWebview
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\${WEBVIEW2}" pv
  ${If} $0 == ""
    ReadRegStr $0 HKCU "Software\${WEBVIEW2}" pv
  ${EndIf}
  ${If} $0 != ""
  ${AndIf} $0 != "0.0.0.0"
    Return
  ${EndIf}
  DetailPrint "WebView2: ${WEBVIEW2_DOWNLOAD}"
  MessageBox MB_YESNO|MB_ICONINFORMATION "$(NO_WEBVIEW)" /SD IDNO IDNO later
  ExecShell open "${WEBVIEW2_DOWNLOAD}"
  later:
FunctionEnd

!ifdef SIGN
  !uninstfinalize '${SIGN}' = 0
!endif

Section Uninstall
  Call un.WaitUntilUnused
  Delete "$INSTDIR\${PROGRAM}.exe"
  Delete "$INSTDIR\LICENSE-MIT"
  Delete "$INSTDIR\LICENSE-APACHE"
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\uninstall.exe"
  ; Not with what somebody else has put there.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"

  ; Another copy of the app, or another app, may have taken the links.
  ReadRegStr $0 HKCU "${SCHEME_KEY}\shell\open\command" ""
  ${If} $0 == '${OPEN_COMMAND}'
    DeleteRegKey HKCU "${SCHEME_KEY}"
  ${EndIf}
  DeleteRegKey HKCU "${NOTIFIER_KEY}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
