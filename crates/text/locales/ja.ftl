### Everything the window says. A sentence names what happened and what to do; it never blames and never shows codes.
### 用語: サインイン、サインアウト · アカウント · プロジェクト、所有者 · リンク、コード · メール、アドレス · パスワード ·
### 認証要素、認証アプリ、パスキー · キーチェーン · サインイン方法 · プロバイダー、連携 · 画像。です・ます調。数字と英字の
### 前後には半角の空白を置く。

# Who the app is (`cargo xtask rename` writes these three). No other line spells them.
-brand = Foyer
-program = foyer
-variables = FOYER
app-name = { -brand }
navigation = ページ
loading = アカウントを読み込んでいます
try-again = 再試行
cancel = キャンセル
dismiss = 閉じる
back = 戻る
remove = 削除

## Connect

connect-title = Supabase プロジェクトに接続
connect-lead = { -brand } はプロジェクトのアカウントアプリです。どのプロジェクトを使うかを指定してください。
connect-local-found = このコンピューターでプロジェクトが動いています
connect-local = ローカルのプロジェクトを使う
connect-url = プロジェクトの URL
connect-url-example = https://abcd.supabase.co
connect-url-hint = Supabase ダッシュボードの Project Settings > Data API にあります。
connect-key = 公開可能キー
connect-key-example = sb_publishable_…
connect-key-hint = Project Settings > API Keys にあります。以前の anon キーも使えます。
connect-submit = 接続

## Sign in and sign up

sign-in-title = サインイン
sign-up-title = アカウントを作成
sign-in-tabs = サインインまたはアカウントの作成
tab-sign-in = サインイン
tab-sign-up = 新規登録
tab-magic-link = メールのリンク
magic-link-lead = サインイン用のリンクをメールで送ります。パスワードは不要です。
magic-link-send = リンクを送信
forgot-password = パスワードをお忘れですか?
confirm-again = リンクを再送信
or = または
continue-with = { $provider } で続ける
anonymous = アカウントなしで続ける
have-code = コードまたはリンクがある
sign-in = サインイン
sign-up = アカウントを作成
sign-in-no-way = このプロジェクトには、{ -brand } が対応しているサインイン方法がありません。
email = メールアドレス
password = パスワード
password-hint = 6 文字以上。プロジェクトによっては条件が追加されます。
show-password = パスワードを表示
hide-password = パスワードを隠す
caps-lock = Caps Lock がオンです。
phone = 電話番号
code = コード
code-hint = メールに書かれている数字。
code-submit = コードを確認
foreign-code-title = コードまたはリンクを使う
foreign-code-lead = 招待などのメールにコードが書かれていることがあります。届いた宛先を入力してください。
paste-link-open = リンクを貼り付ける
paste-link = リンク
paste-link-hint = メールからコピーしたリンク、またはブラウザーが最後に開いたアドレス。
paste-link-submit = このリンクを使う
public-profile-open = 公開プロフィールを探す
public-profile-title = 公開プロフィール
public-profile-lead = 誰でも見られる情報を表示します。サインインは不要です。
public-profile-submit = 検索
public-profile-nobody = その名前の公開プロフィールはありません。
full-name = 氏名
project-line = プロジェクト: { $host }
project-change = 変更

signed-out-asked = サインアウトしました。
signed-out-elsewhere = 別のデバイスまたはプロジェクトの所有者によってサインアウトされました。
signed-out-expired = セッションが終了しました。このプロジェクトではセッションの長さに制限があります。もう一度サインインしてください。
signed-out-banned = このアカウントは停止されています。プロジェクトの所有者にお問い合わせください。
signed-out-deleted = このアカウントはもう存在しません。
signed-out-store-lost = このコンピューターに保存されたセッションを読み込めませんでした。もう一度サインインしてください。

## Waiting for a mail

waiting-step-open = このコンピューターでメールを開き、リンクをクリックします。
waiting-step-open-loopback = { -brand } を開いたまま、このコンピューターのブラウザーでメールを開き、リンクをクリックします。
waiting-step-browser = ブラウザーで開いたページで手続きを続けます。
waiting-step-browser-loopback = このコンピューターのブラウザーで開いたページで手続きを続けます。{ -brand } は閉じないでください。
waiting-end-signed-in = { -brand } が自動的に前面に表示され、サインインが完了します。
waiting-end-recovery = { -brand } が自動的に前面に表示され、新しいパスワードの入力に進みます。
waiting-end-email-change = 新しいアドレスは確認後に有効になります。両方のメールアドレスで確認が必要な場合があります。
waiting-end-link-provider = { -brand } が自動的に前面に表示され、連携が完了します。
waiting-end-captcha = { -brand } が自動的に手続きを続けます。
waiting-title-mail = メールを確認してください
waiting-title-email-change = 新しいアドレスの確認
waiting-title-provider = ブラウザーで続行
waiting-title-link-provider =
    { $provider ->
        [none] ブラウザーでプロバイダーを連携
       *[other] ブラウザーで { $provider } を連携
    }
waiting-title-captcha = ブラウザーでパズルを解く
waiting-lead-sign-up = アドレスの確認のため、次の宛先にリンクを送りました
waiting-lead-magic-link = サインイン用のリンクを次の宛先に送りました
waiting-lead-recovery = アカウントがある場合、新しいパスワードを設定するリンクが次の宛先に届きます
waiting-lead-email-change = 次の宛先にリンクを送りました
waiting-lead-provider =
    { $provider ->
        [none] そこでプロバイダーにサインインしてください。
       *[other] そこで { $provider } にサインインしてください。
    }
waiting-lead-link-provider =
    { $provider ->
        [none] そこで許可すると、そのプロバイダーでもサインインできるようになります。
       *[other] そこで許可すると、{ $provider } でもサインインできるようになります。
    }
waiting-lead-captcha = プロジェクトが、人による操作であることの確認を求めています。
waiting-halfway = 2 件中 1 件を確認しました。次に、もう一方のアドレスのメールを開いてください。
waiting-finishing = 応答が届きました。少々お待ちください…
waiting-code = メールにコードが書かれている場合は、それを入力することもできます
waiting-copied = コピーしました。別のブラウザーに貼り付けてください。
open-inbox = 受信トレイを開く
open-again = ブラウザーをもう一度開く
copy-address = アドレスをコピー
waiting-step-spam = 1 分経っても届かない場合は、迷惑メールフォルダーを確認してください。
waiting-local = これはローカルのプロジェクトのため、メールはこのコンピューターから外に出ません。ブラウザーで受信トレイを開き、メールのリンクをクリックしてください:
waiting-exchanging = リンクを受け取りました。サインインしています…
waiting-resend = 新しいリンクを送信
waiting-resend-in = { $seconds } 秒後に新しいリンクを送信できます
waiting-resent = 新しいリンクを送りました。以前のリンクは使えません。
waiting-resent-sign-up = アドレスが未確認の場合は新しいリンクを送り、以前のリンクは使えなくなりました。確認済みの場合はサインインしてください。
waiting-confirmed = 確認しました。サインインする
another-way-open = 別の方法で戻る
another-way-lead-mail = リンクをクリックしてもここに戻りませんか? { -brand } はこのコンピューターに戻る別の経路を用意し、そのための新しいリンクを送ることができます。{ -brand } を開いたまま、このコンピューターのブラウザーでそのリンクを開いてください。
another-way-mail = この方法で戻るリンクを送信
another-way-lead-browser = ブラウザーからここに戻りませんか? { -brand } はこのコンピューターに戻る別の経路を用意し、ブラウザーでやり直すことができます。{ -brand } は閉じないでください。
another-way-browser = ブラウザーでやり直す
waiting-cancel = 別のアドレスを使う
## A link that nobody here asked for

consent-title = このリンクでサインインしますか?
consent-checking = リンクのアカウントを確認しています…
consent-email = このリンクは次のアカウントにサインインします
consent-unknown = このリンクからは、どのアカウントかわかりません。
consent-question = 心当たりがある場合のみ続けてください。
consent-invitation = これは招待です。次にパスワードを設定します。
consent-continue = 続ける

## New password and second factor

new-password = 新しいパスワード
new-password-title = 新しいパスワードを設定
new-password-lead = { $email } のパスワードです。今後はこのパスワードでサインインします。
new-password-lead-nobody = 今後はこのパスワードでサインインします。
new-password-submit = パスワードを保存
new-password-skip = あとで
new-password-factor-first = 先に 2 要素認証が必要です。認証アプリのコードを入力すると、新しいパスワードが保存されます。
current-password = 現在のパスワード
current-password-hint = プロジェクトが現在のパスワードも求めています。
nonce = メールのコード
nonce-hint = プロジェクトがコードも求めています。メールでお送りしました。
nonce-again = 新しいコードを送信
mfa-title = もう 1 ステップ
mfa-lead = このアカウントでは、認証アプリのコードも必要です。
mfa-which = どれを使いますか?
mfa-name = 認証アプリ { $number }
mfa-name-phone = 電話 { $number }
mfa-name-passkey = パスキー { $number }
mfa-name-other = 認証要素 { $number }
mfa-kind-authenticator = 認証アプリ
mfa-kind-phone = 電話に送られるコード。{ -brand } では使えません。
mfa-kind-passkey = パスキーまたはセキュリティキー。{ -brand } では使えません。
mfa-kind-other = { -brand } が対応していない種類です。
mfa-elsewhere-phone = このアカウントでは電話に送られるコードも必要ですが、{ -brand } は対応していません。プロジェクトのサイトでサインインし、認証アプリを追加してから戻ってください。
mfa-elsewhere-passkey = このアカウントではパスキーまたはセキュリティキーも必要ですが、{ -brand } は対応していません。プロジェクトのサイトでサインインし、認証アプリを追加してから戻ってください。
mfa-elsewhere-other = このアカウントでは、{ -brand } が対応していない認証要素が必要です。プロジェクトのサイトでサインインし、認証アプリを追加してから戻ってください。
mfa-code = コード
mfa-code-hint = 6 桁の数字
mfa-verify = 続ける

## Account

nav-account = アカウント
nav-security = セキュリティ
nav-security-waiting = 対応待ちの項目があります
anonymous-name = アカウントなし
anonymous-word = アカウントなしで利用しています。アドレスを追加しないと、サインアウト時にすべて失われます。
anonymous-leave-title = アカウントを破棄してサインアウトしますか?
anonymous-leave-text = アドレスが登録されていないため、このアカウントには誰も戻れません。サインアウトすると失われます。
anonymous-leave = 破棄してサインアウト
sign-out = サインアウト
account-title = アカウント
account-checking = 変更を確認しています…
missing-table = このプロジェクトにはプロフィールを保存する場所がないため、サインイン情報にある名前だけを表示しています。プロジェクトの所有者が追加できます。
missing-columns = このプロジェクトのテーブルには { $columns } を保存する場所がありません。プロジェクトの所有者が追加できます。
owner-sql = プロジェクトの所有者向けの SQL
copy-sql = SQL をコピー
copied-sql = コピーしました。
account-error-title = アカウントを読み込めませんでした
account-no-email = メールアドレスなし
offline = オフラインです。前回の内容を表示しています。
profile-title = プロフィール
username = ユーザー名
username-hint = 3 文字以上。ほかの人にも表示されます。
website = ウェブサイト
website-hint = 例: https://example.com
save = 変更を保存
saved = 保存しました
saved-later = このコンピューターに保存しました。オンラインになったら送信します。
queued-title = 送信待ち
queued-lead = オフラインで変更した内容です。サーバーに接続でき次第、{ -brand } が送信します。
queued-memory = メモリにのみ保存されています。送信前に { -brand } を閉じると失われます。
queued-discard = 破棄
conflict-title = ここと別の場所で変更されました
conflict-lead = その間に、プロフィールが別の場所で変更されました。どちらを残しますか?
conflict-mine = この画面の内容
conflict-theirs = サーバーの内容
conflict-keep-mine = この画面の内容を残す
conflict-take-theirs = サーバーの内容を使う
empty-value = 空
unsaved = 未保存の変更
revert = 元に戻す
reverted = 変更を元に戻しました。
restore = 変更を復元
unsaved-title = 今サインアウトしますか?
unsaved-text = プロフィールの変更がまだサーバーに届いていません。サインアウトすると失われます。
unsaved-stay = とどまる
unsaved-discard = 破棄してサインアウト

## Drafts, leaving, what others see

restored = 前回入力した内容を復元しました。まだ保存されていません。
username-free = このユーザー名は使えます。
leaving-title = 保存せずに移動しますか?
leaving-text = プロフィールの変更がまだ保存されていません。入力した内容は { -brand } が保存しているので、戻ると表示されます。
leaving-go = 移動
closing-title = 保存せずに閉じますか?
closing-text = プロフィールの変更がまだ保存されていません。入力した内容はこのコンピューターに保存され、次に { -brand } を開くと表示されます。
closing-go = 閉じる
closing-text-memory = プロフィールの変更がまだ保存されていません。{ -brand } はこのコンピューターに何も書き込まないため、閉じると失われます。
closing-go-memory = 破棄して閉じる
public-own-lead = サインインしていない人にも見える、あなたの情報です。
public-own-look = ほかの人に見える内容を表示
public-own-again = もう一度表示
public-own-close = 隠す
public-own-empty = ほかの人には空のプロフィールが見えます。まだ何も保存されていません。
public-own-nothing = プロフィールはほかの人には見えません。このプロジェクトではあなただけに表示されます。
public-own-hidden = メールアドレスとサインイン方法は、ほかの人には見えません。
public-own-no-picture = 画像はほかの人には表示されません。このプロジェクトでは非公開です。

## Security

security-title = セキュリティ
security-sign-in = サインイン
security-sessions = サインイン中の場所
security-account = アカウント
change = 変更
add = 追加
manage = 管理
close = 閉じる
continue = 続ける
password-state-unknown = パスワードの有無は、プロジェクトからはわかりません。新しく設定できます。
password-state-anonymous = 先にアドレスが必要です。
email-address = メールアドレス
email-state-none = まだありません。
keep-account-lead = まだありません。登録すると、どのデバイスでもこのアカウントを使えます。
change-email-lead = 新しいアドレスの確認をお願いするメールが届きます。以前のアドレスでの確認も必要な場合があります。
two-factor-title = 2 要素認証
two-factor-off = オフ。オンにすると、サインインにアプリのコードも必要になります。
two-factor-count = オン (認証要素: { $count } 件)。
two-factor-count-day = オン (認証要素: { $count } 件、最後の追加: { $day })。
email-state-changing = { $email } は確認待ちです。
sessions-last = 最後のサインイン (すべての場所): { $day }。
identities-title = サインイン方法
identities-count = { $count } 件の方法:
identities-none = プロジェクトからサインイン方法の一覧が届いていません。
session-title = このコンピューター
sessions-title = ほかのデバイス
sessions-state = プロジェクトは一覧を提供しませんが、サインアウトさせることはできます。
sessions-lead = デバイスを紛失したり、信頼できない場所でサインインしたりしましたか?「ほかのデバイス」を選ぶと、ここではサインインしたままです。
mfa-enroll = 設定
delete-title = アカウントを削除
change-password = パスワードを変更
keep-account = このアカウントを残す
new-email = 新しいアドレス
change-email = アドレスを変更
two-factor-elsewhere = オンですが、登録されている認証要素に { -brand } は対応していません。認証アプリを追加しないと、次回ここでサインインできません。
mfa-enroll-another = もう 1 つ追加
mfa-unfinished = 設定が完了していないため、使われません。
mfa-remove-named = { $name } を削除
mfa-new-title = 認証アプリを追加
mfa-scan = 認証アプリでこの画像を読み取り、表示されたコードを入力してください。
mfa-qr = 認証アプリ用の QR コード
mfa-secret = カメラが使えない場合は、このキーを入力してください:
mfa-first-code = アプリのコード
mfa-finish = オンにする
identity-only = ほかの方法がサーバーにないため削除できません
identity-unnamed = このサーバーでは { -brand } から削除できません
identity-unknown = その他の方法
identity-sso = シングルサインオン
identities-address = アドレス { $email } でもサインインできる場合があります。メールのリンク、または設定済みのパスワードを使います。
unlink-named = { $provider } を削除
link = 連携
link-named = { $provider } を連携
sign-out-others = ほかのデバイスをサインアウト
sign-out-everywhere = すべてのデバイスをサインアウト
protection-keychain = システムのキーチェーンで保護されています。
protection-key-file = ファイルのアクセス権のみで保護されています。ファイルを読める人はセッションも読めます。
protection-memory = メモリにのみ保存されます。起動するたびにサインインが必要です。
protection-waiting = セッションはシステムのキーチェーンを待っています。
protection-unknown = セッションの保護方法を確認しています。
diagnostics-title = 問題を報告
diagnostics-lead = 報告に必要なバージョン、設定、最近のイベントをコピーします。パスワードやキー、アカウントの情報は含まれません。
diagnostics-copy = 診断情報をコピー
diagnostics-copied = コピーしました。報告に貼り付けてください。
delete-lead = アカウントとその内容がすべて完全に削除されます。
delete-account = 削除…
delete-dialog-title = アカウントを削除しますか?
delete-what-goes = プロフィール、画像、サインイン方法、すべてのデバイスのセッションがただちに削除されます。元に戻すことはできません。
delete-confirm = 確認のため { $text } と入力してください
delete-submit = 完全に削除

## Settings

nav-settings = 設定
settings-title = 設定
# Appearance
appearance-title = 表示
theme = テーマ
language = 言語
language-system = システムに合わせる
theme-system = システムに合わせる
theme-light = ライト
theme-dark = ダーク

protection-title = セキュリティ
protection-lead = このコンピューターでの、セッションとアカウント情報の保存方法。
protection-no-modes = { -brand } のフォルダーがあるディスクはファイルのアクセス権に対応していません。このコンピューターのほかのユーザーがファイルを読める可能性があります。
protection-choice-keychain = システムのキーチェーン
protection-hint-keychain = ファイルは暗号化され、鍵はキーチェーンに保管されます。コンピューターへのログイン時に開きます。
protection-choice-key-file = ファイルのアクセス権のみ
protection-hint-key-file = 鍵はセッションと同じ場所のファイルに保管されます。どこでも動作します。ほかのユーザーからは守れますが、あなたのファイルを読めるものからは守れません。
protection-choice-memory = メモリのみ
protection-hint-memory = セッションもアカウントの情報も書き込みません。起動するたびにサインインが必要で、送信待ちの変更は { -brand } を閉じると失われます。
keychain-locked = システムのキーチェーンがロックされています。システムのパスワードアプリでロックを解除してから、再試行してください。
keychain-unanswered = システムのキーチェーンが応答しません。別のウィンドウでパスワードの入力を待っている可能性があります。
keychain-absent = このコンピューターにはキーチェーンが見つかりません。

## Locked

locked-title = キーチェーンがロックされています
locked-title-unanswered = キーチェーンが応答しません
locked-lead = セッションはこのコンピューターにあり、その鍵はシステムのキーチェーンに保管されています。システムのパスワードアプリでロックを解除してから、再試行してください。
locked-lead-unanswered = セッションはこのコンピューターにあり、その鍵はシステムのキーチェーンに保管されています。別のウィンドウでパスワードの入力を待っている可能性があります。
sign-in-again = サインインし直す
sign-in-again-hint = サインインし直すと新しいセッションが始まります。以前のセッションは削除されず、そのまま別に保管されます。

## Picture

avatar-title = 画像
avatar-alt = あなたの画像
avatar-limits = PNG、JPEG、WebP、10 MB・一辺 8192 ピクセルまで。選択、ドロップ、貼り付けのどれでも追加できます。位置情報とカメラの情報は取り除かれます。
avatar-limit = このプロジェクトで保存できる画像は { $size } までです。それより大きい場合は { -brand } が小さくします。
avatar-choose = 画像を選択…
avatar-replace = 変更…
avatar-choose-other = 別の画像を選択…
avatar-remove = 削除
avatar-uploading = アップロードしています
size-bytes = { $number } バイト
size-kilobytes = { $number } KB
size-megabytes = { $number } MB
avatar-sent = { $total } KB 中 { $sent } KB
picture-files = 画像 (PNG、JPEG、WebP)
avatar-done = 新しい画像を設定しました。
avatar-drop = ここに画像をドロップ
avatar-removed = 画像を削除しました。
avatar-undo = 元に戻す
crop-title = 表示する範囲を選択
crop-stage = 円の中のあなたの画像
crop-help = 画像をドラッグするか、矢印キーで動かします。プラスとマイナスで拡大・縮小、R で回転します。
crop-zoom = 大きさ
crop-percent = { $percent } パーセント
crop-turn = 回転
crop-reset = リセット
crop-apply = この画像を使う
crop-state = 大きさ { $percent } パーセント、回転 { $degrees } 度。円の中心は左から { $across } パーセント、上から { $down } パーセントの位置です。

## Notices

notice-signed-in-by-link = ようこそ。リンクでサインインしました。
notice-signed-in-by-provider = ようこそ。サインインしました。
notice-link-malformed = サインインに使えるリンクが見つかりません。メールのリンク全体をコピーして貼り付けるか、新しいリンクをリクエストしてください。
notice-link-incomplete = リンクの一部「type=…」が欠けています。メールのリンクを最後までコピーするか、新しいリンクをリクエストしてください。
notice-link-sealed = このリンクはメールフィルターのもので、行き先はフィルターにしかわかりません。ブラウザーで開き、最後に表示されたアドレスを貼り付けてください。
notice-link-unknown = このリンクは、ここで始めたサインインのものではないか、すでに終了しています。サインインするか、新しいリンクをリクエストしてください。
notice-link-spent = このリンクは使用済みか、期限が切れています。新しいリンクをリクエストしてください。
notice-confirmed-too-late = メールアドレスが確認されました。サインインしてください。
notice-took-too-long = 時間がかかりすぎたため、サーバーが受け付けを終了しました。もう一度始めてください。
notice-link-refused = サインインが拒否されました。もう一度お試しください。
notice-link-not-finished = サーバーに接続できず、サインインを完了できませんでした。オンラインになったら、リンクをもう一度使ってください。
notice-link-while-signed-in = このリンクは別のアカウントのものです。先にサインアウトしてから、もう一度使ってください。
notice-provider-address-unconfirmed = プロバイダーがアドレスを確認していません。メールを送りました。リンクを開いてから、もう一度サインインしてください。
notice-identity-taken = そのアカウントは、すでにほかの人が使っています。何も変更されていません。
notice-link-of-other-account = このリンクは、ここでサインインしていないアカウントのものです。そのアカウントでサインインしてから、もう一度開いてください。
notice-other-address-to-confirm = 2 つのアドレスの一方を確認した場合は、もう一方に届いたメールも開いてください。
notice-email-change-half = 2 件中 1 件を確認しました。次に、もう一方のアドレスのメールを開いてください。
notice-email-changed = 新しいアドレスが有効になりました。
notice-identity-linked = 連携しました。今後はこの方法でもサインインできます。
notice-password-changed = 新しいパスワードが有効になりました。
notice-others-signed-out = ほかのすべてのデバイスをサインアウトしました。
notice-factor-added = 2 要素認証をオンにしました。
notice-factor-removed = 認証要素を削除しました。
notice-edit-sent = オフラインで変更した内容をサーバーに送信しました。
notice-account-deleted = アカウントとその内容をすべて削除しました。
notice-account-deleted-pictures-stay = アカウントを削除しました。プロジェクトが削除を許可していない画像が残っている可能性があります。プロジェクトの所有者が削除できます。
notice-project-failed = プロジェクト側の問題でサインインできませんでした。再試行しても解決しません。プロジェクトの所有者がログを確認する必要があります。
notice-browser-not-opened = ブラウザーが開きませんでした。アドレスをコピーして、ご自身で開いてください。
notice-action = 新しいリンクを送信

store-warning-not-saved = このコンピューターにセッションを保存できませんでした。{ -brand } を閉じるまではサインインしたままです。{ -brand } は保存を試み続けます。
store-warning-not-removed = このコンピューターに保存した内容を変更できませんでした。サインアウトしたセッションが残っている可能性があります。{ -brand } は変更を試み続けます。ディスクの空き容量を確認してください。

## Failures

error-not-configured = プロジェクトがまだ接続されていません。
error-configured-by-environment = プロジェクトはこのコンピューターの環境で指定されているため、ここでは変更できません。
error-url-invalid = ウェブアドレスではありません。例: https://abcd.supabase.co
error-url-insecure = アドレスは https:// で始まる必要があります。このコンピューター上のプロジェクトだけは例外です。
error-web-page-answers = Supabase プロジェクトではなくウェブページが応答しています。多くの場合、ネットワークのログインページです。ブラウザーでネットワークにログインしてから、再試行してください。オンラインの場合は URL を確認してください。
error-not-supabase = 応答はありますが、Supabase プロジェクトではありません。URL を確認してください。
error-key-invalid = このキーはプロジェクトのものではありません。公開可能キーをもう一度コピーしてください。
error-key-secret = これはシークレットキーです。すべてにアクセスできるため、アプリで使ってはいけません。公開可能キーを使ってください。
error-local-not-found = ローカルのプロジェクトが応答しません。起動してから再試行してください。
error-offline = サーバーに接続できません。接続を確認して再試行してください。
error-server-failed = サーバーで処理に失敗しました。再試行しても失敗する場合は、プロジェクトの所有者に連絡してください。
error-server-trouble = サーバーに問題が起きています。しばらくしてから再試行してください。
error-rate-limited = 試行回数が多すぎます。少し待ってから再試行してください。
error-rate-limited-for = 試行回数が多すぎます。{ $seconds } 秒後に再試行してください。
error-rate-limited-minutes = 試行回数が多すぎます。約 { $minutes } 分後に再試行してください。
error-rate-limited-hours = 試行回数が多すぎます。約 { $hours } 時間後に再試行してください。
error-intercepted = プロジェクトの代わりに別のものが応答しています。多くの場合、ネットワークのログインページです。ブラウザーでネットワークにログインしてから、再試行してください。
error-project-unreachable = 現在、プロジェクトがゲートウェイの先で応答していません。{ -brand } が自動的に再試行します。
error-clocks-differ = プロジェクトのサーバー間で時刻がずれているため、サインインがまだ有効になりません。{ -brand } が自動的に再試行します。
error-certificate-untrusted = サーバーの証明書は、このコンピューターが信頼する機関のものではないため、何も送信しませんでした。通信を検査するネットワークやプログラムが原因の可能性があります。別のネットワークをお試しください。解決しない場合は、プロジェクトの所有者による確認が必要です。
error-certificate-out-of-date = サーバーの証明書が期限切れか、まだ有効になっていないため、何も送信しませんでした。このコンピューターの日付と時刻を確認してください。正しい場合は、プロジェクトの所有者による更新が必要です。
error-certificate-other-host = サーバーの証明書が別のアドレスのものであるため、何も送信しませんでした。プロジェクトの URL とネットワークを確認してください。どちらも正しい場合は、プロジェクトの所有者による確認が必要です。
error-project-paused = このプロジェクトは一時停止中です。所有者が Supabase ダッシュボードで再開できます。データは失われていません。
error-project-restricted = プランの上限に達したため、このプロジェクトは現在制限されています。所有者による対応が必要です。
error-project-broken = プロジェクトのデータベースで問題が起きています。再試行しても解決しません。所有者がログを確認する必要があります。
error-mail-unsent = プロジェクトがメールを送信できませんでした。所有者がメールの設定を確認する必要があります。
error-tokens-refused = プロジェクトの一部が、このプロジェクト自身のサインインを受け付けません。所有者がトークンの署名キーを確認する必要があります。
error-refused = { -brand } が知らない理由で、プロジェクトに拒否されました。理由はログにあります。新しい { -brand } なら対応している可能性があります。
error-signed-out = サインアウトしています。もう一度サインインしてください。
error-signed-in = サインインしています。先にサインアウトしてください。
error-invalid-credentials = メールアドレスまたはパスワードが違います。
error-email-not-confirmed = このメールアドレスはまだ確認されていません。届いたメールのリンクを開くか、再送信してください。
error-email-invalid = name@example.com のようなメールアドレスを入力してください。
error-password-missing = パスワードを入力してください。
error-password-too-long = パスワードが長すぎます。72 文字以内にしてください。
error-weak-password = プロジェクトは、より強力なパスワードを求めています。
weak-password-length = このプロジェクトではパスワードが短すぎます。
weak-password-characters = 小文字、大文字、数字、記号を組み合わせてください。
weak-password-pwned = このパスワードは流出が確認されています。別のものを選んでください。
error-already-registered = このアドレスのアカウントはすでにあります。サインインしてください。
error-sign-up-disabled = このプロジェクトは現在、新規登録を受け付けていません。
error-email-disabled = このプロジェクトでは、メールでのサインインが無効になっています。
error-captcha-required = このプロジェクトは CAPTCHA を求めていますが、{ -brand } では表示できません。プロジェクトの所有者が専用のページを用意できます。
error-banned = このアカウントは停止されています。プロジェクトの所有者にお問い合わせください。
error-flow-unknown = このサインインは終了しています。もう一度始めてください。
error-anonymous-disabled = このプロジェクトでは、アカウントなしの利用はできません。
error-provider-unavailable = このプロジェクトは現在、そのプロバイダーに対応していません。
error-browser-unavailable = ブラウザーを開けませんでした。アドレスをコピーして、ご自身で開いてください。
error-clipboard-unavailable = コピーできませんでした。
error-loopback-unavailable = ブラウザーから戻る経路をこのコンピューターに用意できませんでした。妨げになりそうなプログラムを閉じてから、再試行してください。
error-code-invalid = コードは 6～10 桁の数字です。
error-code-wrong = コードが違うか、期限が切れています。最新のメールまたはアプリをもう一度確認してください。
error-link-over = このリンクはもう使えません。新しいリンクをリクエストしてください。
error-still-checking = このリンクはまだ確認中です。少し待ってから再試行してください。
error-session-invalid = このプロジェクトのセッションではありません。サインインしてください。
error-session-over = このセッションは終了しました。もう一度サインインしてください。
error-second-factor-needed = 先に 2 要素認証を完了してください。
error-factor-unknown = この認証要素はもうありません。
error-too-many-factors = 登録できる認証要素の数が、プロジェクトの上限に達しています。先に 1 つ削除してください。
error-factors-disabled = このプロジェクトは 2 要素認証に対応していません。
error-current-password-needed = プロジェクトが現在のパスワードも求めています。
error-current-password-wrong = 現在のパスワードと一致しません。
error-nonce-needed = プロジェクトがコードも求めています。メールでお送りしました。
error-nonce-wrong = コードが違うか、期限が切れています。
error-same-password = 現在のパスワードと同じです。別のものを選んでください。
error-email-taken = このアドレスは別のアカウントで使われています。
error-last-identity = 最後のサインイン方法です。先に別の方法を追加してください。
error-linking-disabled = このプロジェクトではアカウントを連携できません。
error-confirmation-wrong = 求められた文字と一致しません。
error-username-taken = このユーザー名は使われています。
error-username-too-short = 3 文字以上にしてください。
error-website-invalid = ウェブアドレスではありません。例: https://example.com
error-text-too-long = 長すぎます。
error-unseen-characters = 目に見えない文字が含まれています。貼り付けず、削除して入力し直してください。
error-text-too-long-for = 長すぎます。このプロジェクトでは { $limit } 文字までです。
error-value-taken =
    { $name ->
        [none] すでにほかの人が使っています。このプロジェクトでは重複できません。
       *[other] すでにほかの人が使っています。このプロジェクトでは重複できません (規則「{ $name }」)。
    }
error-value-refused =
    { $name ->
        [none] プロジェクト独自の規則に合いません。別の形でお試しください。
       *[other] プロジェクト独自の規則「{ $name }」に合いません。別の形でお試しください。
    }
error-value-required = このプロジェクトでは、この項目の入力が必要です。
error-project-says = プロジェクトが受け付けませんでした。メッセージ:「{ $words }」
error-column-unfilled =
    { $name ->
        [none] プロジェクトのテーブルが、{ -brand } の知らない値を求めています。所有者がその列に既定値を設定する必要があります。
       *[other] プロジェクトのテーブルの列「{ $name }」が、{ -brand } の知らない値を求めています。所有者がその列に既定値を設定する必要があります。
    }
error-column-missing =
    { $name ->
        [none] プロジェクトのテーブルに列が足りません。所有者が追加できます。
       *[other] プロジェクトのテーブルに列「{ $name }」がありません。所有者が追加できます。
    }
error-function-missing =
    { $name ->
        [none] 必要な関数がプロジェクトにありません。所有者が追加する必要があります。
       *[other] プロジェクトに関数「{ $name }」がないため、何も削除されませんでした。所有者が追加する必要があります。
    }
error-pictures-stay = プロジェクトが画像の削除を許可していないため、アカウントは削除されませんでした。所有者が許可する必要があります。
error-conflict = その間に、プロフィールが別の場所で変更されました。保存する前にもう一度確認してください。
error-forbidden = プロジェクトで許可されていません。
error-project-not-prepared = プロジェクトに保存する場所がまだありません。所有者が profiles テーブルと avatars バケットを追加する必要があります。
error-file-unreadable = ファイルを読み込めません。
error-file-too-large = ファイルが 10 MB を超えています。
error-not-one-file = 画像ファイルを 1 つだけ選んでください。複数のファイル、フォルダー、ウェブアドレスは使えません。
error-no-picture-copied = クリップボードに画像がありません。画像をコピーしてから、ここに貼り付けてください。
error-image-unsupported = PNG、JPEG、WebP の画像ではありません。
error-image-broken = 画像が壊れていて開けません。
error-image-too-large = 画像のピクセル数が多すぎます。一辺 8192 ピクセルまでです。
error-image-too-heavy = 画像を開くのに必要なメモリまたは時間が多すぎます。一辺 4000 ピクセル程度に縮小して保存し、もう一度選択してください。
error-bucket-formats = { -brand } が書き出せる形式 (JPEG、WebP、PNG) を、プロジェクトが受け付けません。avatars バケットの設定は所有者が決めます。
error-bucket-limit = プロジェクトが受け付ける画像は { $size } までですが、この画像はそこまで小さくできません。avatars バケットの設定は所有者が決めます。
error-bucket-too-small = プロジェクトが受け付ける画像は { $size } 未満ですが、この画像はそこまで小さくできません。avatars バケットの設定は所有者が決めます。
error-picture-busy = 別の画像を選択またはアップロードしています。中止するか、完了するまでお待ちください。
error-preview-unknown = 画像をもう一度選択してください。
error-cancelled = 中止しました。
error-store-unwritable = このコンピューターの { -brand } のフォルダーに書き込めません。空き容量とアクセス権を確認してください。
error-keychain-locked = システムのキーチェーンがロックされています。ロックを解除してから、再試行してください。
error-keychain-unavailable = 現在、このコンピューターではシステムのキーチェーンを使えません。何も変更されていません。
error-files-of-others = このコンピューターには、ほかの人の未送信の変更があり、続けると失われます。先にその人がサインインして、変更を送信する必要があります。何も変更されていません。
error-internal = { -brand } の内部で問題が起きました。再試行しても解決しない場合は、{ -brand } を起動し直してください。

## Windows

error-too-many-windows = これ以上ウィンドウを開けません。先に 1 つ閉じてください。
error-folder-not-opened = フォルダーを開けるファイルマネージャーがありません。パスは上に表示されています。

## Settings: connection, notifications, data, about

connection-title = 接続
connection-lead = { -brand } が使う Supabase プロジェクトと、メールやブラウザーのリンクが { -brand } に戻る方法。
redirect-deep-link = リンクは { -brand } を直接開きます。最も良い方法です。
redirect-bare-deep-link = リンクは { -brand } を直接開きますが、待てるサインインは一度に 1 つです。
redirect-loopback = リンクはこのコンピューターのポートを通って戻ります。{ -brand } を開いたまま、このコンピューターのブラウザーで開く必要があります。
redirect-unknown = プロジェクトの応答がないため、リンクの戻り方はまだわかりません。
redirect-reason-narrow = プロジェクトのリダイレクト URL にある { -brand } のリンクには、末尾のアスタリスクがありません。この項目があれば、複数のサインインを同時に待てます。
redirect-reason-missing = プロジェクトのリダイレクト URL に { -brand } のリンクがありません。所有者が Authentication > URL Configuration でこの項目を追加すると、リンクが { -brand } を直接開くようになります。
redirect-reason-desktop = { -brand } のリンクが別のアプリに割り当てられているか、割り当てがありません。既定のアプリの設定で { -brand } を選んでください。
redirect-entry-copy = 項目をコピー
redirect-entry-copied = コピーしました。プロジェクトのリダイレクト URL に追加してください。
redirect-check = 再確認
redirect-checked = たった今確認しました。
project-fixed = プロジェクトは { -brand } の起動時に指定されたため、ここでは変更できません。
project-leave = プロジェクトを変更…
project-leave-title = このプロジェクトから離れますか?
project-leave-signed-in = このコンピューターでサインアウトし、未保存または未送信の変更は破棄されます。その後、別のプロジェクトに接続できます。
project-leave-signed-out = リンクやコードを待っているサインインは取り消されます。その後、別のプロジェクトに接続できます。
project-leave-confirm = プロジェクトから離れる
notifications-title = 通知
notifications-switch = 通知を受け取る
notifications-hint = { -brand } を見ていないときに、リンクが届いた場合や、別の場所からサインアウトされた場合に通知します。アカウントの情報は表示されません。
data-title = データ
data-lead = { -brand } がこのコンピューターに保存するものは、すべてこのフォルダーにあります。
open-data = フォルダーを開く
open-logs = ログのフォルダーを開く
clear-cache = キャッシュを空にする
clear-cache-hint = { -brand } が覚えているプロフィールと画像、ウィンドウが保持するページのデータを取り除き、取得し直します。セッション、設定、送信待ちの変更は残ります。
cache-cleared = キャッシュを空にしました。必要なものを取得し直しています。
about-title = { -brand } について
about-version = バージョン { $version }
about-license = { -brand } は自由ソフトウェアです。MIT または Apache-2.0 のどちらかのライセンスを選べます。
licenses-show = 第三者のライセンスを表示
licenses-hide = 第三者のライセンスを隠す

## Updates of the app

updates-title = アップデート
updates-unknown = まだ確認していません。
updates-checking = 新しいバージョンを確認しています…
updates-newest = 最新のバージョンです。
updates-available = バージョン { $version } を利用できます。
updates-elsewhere = バージョン { $version } を利用できます。システムのアップデート、または { -brand } の入手元から届きます。
updates-downloading = バージョン { $version } をダウンロードしています。
updates-ready = バージョン { $version } の準備ができました。{ -brand } を再起動して切り替えます。
updates-ready-memory = セッションはメモリにしかないため、再起動後にもう一度サインインが必要です。
updates-installing = バージョン { $version } をインストールしています。{ -brand } は自動的に再び起動します。
updates-checked = 最終確認日: { $day }
updates-notes = 開発元による説明
updates-check = 今すぐ確認
updates-download = ダウンロード
updates-received = { $received } MB
updates-received-of = { $total } MB 中 { $received } MB
updates-install = インストールして再起動
updates-unreachable = アップデートのサーバーに接続できません。接続を確認して、もう一度お試しください。
updates-unclear = アップデートのサーバーから意味のある応答がありませんでした。しばらくしてからお試しください。
updates-no-build = 新しいバージョンがありますが、このシステム用のものはありません。
updates-broken-off = ダウンロードが途切れました。再試行すると最初から始まります。
updates-too-large = ファイルが { -brand } のどのバージョンよりも大きいため、ダウンロードを中止しました。
updates-not-signed = ファイルに { -brand } の開発元によるこのバージョンの署名がないため、破棄しました。何も変わっていません。
updates-not-installed = 新しいバージョンに置き換えられませんでした。何も変わっていません。

## The menu and the shortcuts

menu-title = コマンド
menu-open = コマンドの一覧を開く
menu-search = 何をしますか?
menu-count =
    { $count ->
        [0] 該当するコマンドはありません。
       *[other] { $count } 件のコマンド
    }
menu-revert = 変更を破棄
menu-restore = 破棄した変更を復元
menu-reload = 接続を再試行
menu-account = アカウントに移動
menu-security = セキュリティに移動
menu-settings = 設定に移動
menu-close-settings = 設定を閉じる
menu-remove-picture = 画像を削除
menu-change-email = メールアドレスを変更
menu-add-factor = 2 要素認証を追加
menu-sign-in = パスワードでサインイン
menu-sign-up = アカウントを作成
menu-magic-link = メールのリンクでサインイン
menu-type-code = コードの入力またはリンクの貼り付け
menu-skip-new-password = パスワードを変更しない
menu-dismiss-notice = メッセージを閉じる
menu-new-window = 新しいウィンドウ
menu-theme-system = システムの配色を使う
menu-theme-light = 明るい配色を使う
menu-theme-dark = 暗い配色を使う
menu-shortcuts = キーボードショートカット
menu-copy-diagnostics = 診断情報をコピー
menu-change-project = プロジェクトを変更
shortcut-next-part = ウィンドウの次の部分に移動
shortcut-close = 最後に開いたものを閉じる
key-ctrl = Ctrl
key-alt = Alt
key-esc = Esc

## The window's title, and what a screen reader says between two pages

window-title = { $page } – { -brand }
window-title-place = { $page } – { $place } – { -brand }
announce-signed-in = { $email } でサインインしました。
announce-signed-in-nobody = アカウントなしで利用しています。
announce-online = オンラインに戻りました。

## Check of the connection

doctor-title = この接続を確認
doctor-lead = アプリに必要な、プロジェクトとこのコンピューターの設定を調べます。何も変更しません。
doctor-start = 確認
doctor-again = 再確認
doctor-running = 確認しています…
doctor-copy = テキストとしてコピー
doctor-copied = コピーしました。
doctor-remedy = 入力または実行する内容
doctor-remedy-copy = コピー
doctor-cancelled = 確認を中止しました。
doctor-sum =
    { $problems ->
        [0] 問題は見つかりませんでした。
       *[other] { $problems } 件の問題が見つかりました。
    }
doctor-counts = 正常: { $ok }、ヒント: { $hints }、問題: { $problems }、不明: { $unknown }
doctor-state-ok = 正常
doctor-state-hint = ヒント
doctor-state-problem = 問題
doctor-state-unknown = 不明
check-key = アドレスとキー
check-server = プロジェクト
check-certificate = 暗号化
check-sign-up = 新規登録
check-sign-in-methods = サインイン方法
check-confirmation = アドレスの確認
check-mail = メールサーバー
check-captcha = CAPTCHA
check-redirect = アプリに戻るリンク
check-signing-keys = 署名キー
check-profiles = テーブル「profiles」
check-profile-row = 「profiles」のあなたの行
check-profile-policies = 「profiles」のポリシー
check-bucket = バケット「avatars」
check-bucket-writers = 画像を追加できる人
check-bucket-readers = 画像を見られる人
check-bucket-limits = バケットが受け付けるもの
check-delete-account = 関数「delete_account」
check-clock = 時計
check-links = このコンピューターのリンク
check-keychain = キーチェーン
check-webview = WebView
check-session-bus = D-Bus セッションバス
finding-good = 正常です。
finding-not-needed = 確認するものはありません。
finding-not-asked = 未確認です。先に上の問題を解決してください。
finding-no-answer = 有効な応答がありません。後でもう一度確認してください。
finding-not-told = ここからは調べられません。
finding-sign-in-needed = サーバーはサインインした人にだけ答えます。サインインしてから再確認してください。
finding-address-invalid = プロジェクトのアドレスではありません。
finding-address-insecure = アドレスは https:// で始まる必要があります。
finding-key-invalid = 公開可能キーでも anon キーでもありません。Project Settings > API Keys にあります。
finding-key-secret = これはシークレットキーです。アプリで使ってはいけません。何も送信していません。公開可能キーを使ってください。
finding-key-refused = プロジェクトがこのキーを受け付けません。Project Settings > API Keys から公開可能キーをコピーしてください。
finding-name-unresolved = その名前のサーバーが見つかりません。つづりと、プロジェクトがまだあるかを確認してください。
finding-unreachable = 接続できません。このコンピューターのネットワークを確認してください。
finding-timed-out = 時間内に応答がありません。後でもう一度確認してください。
finding-certificate-untrusted = サーバーの証明書に、このコンピューターが信頼する署名がありません。自己署名か、このネットワークが通信を検査しています。
finding-certificate-out-of-date = サーバーの証明書が期限切れか、まだ有効ではありません。このコンピューターの時計を確認してください。
finding-certificate-other-host = サーバーの証明書は別のホストのものです。アドレスを確認してください。
finding-web-page = プロジェクトではなくウェブページが応答しています。ブラウザーでネットワークにログインするか、アドレスを確認してください。
finding-not-supabase = 応答したのは Supabase プロジェクトではありません。アドレスを確認してください。
finding-paused = プロジェクトは一時停止中です。所有者がダッシュボードで再開できます。
finding-restricted = プランの上限に達したため、プロジェクトは制限されています。理由は所有者が Organization > Usage で確認できます。
finding-server-fails = サーバー自身のエラーが返されました。status.supabase.com を確認し、後でもう一度お試しください。
finding-rate-limited = サーバーが待つよう求めています。数分後に再確認してください。
finding-certificate-ends = 証明書の期限が近く、更新されていません。残りの日数:
finding-clock-off = このコンピューターの時計がサーバーとずれています。システムで自動設定にしてください。
finding-clock-wrong = このコンピューターの時計が正しくないため、証明書やサインインが失敗する可能性があります。システムで自動設定にしてください。
finding-sign-up-closed = 新規登録はできません。必要な場合は Authentication > Sign In / Providers で許可してください。
finding-no-sign-in-method = このアプリでは誰もサインインできません。Authentication > Sign In / Providers で Email またはプロバイダーを有効にしてください。
finding-email-off = メールでのサインインは無効です。有効な方法:
finding-confirmation-off = 自分のものではないアドレスでも登録できます。Authentication > Sign In / Providers > Email で Confirm email を有効にしてください。
finding-mailer-not-told = メールの送信元はサーバーからはわかりません。Supabase 標準の送信は 1 時間に 2 通、プロジェクトのチーム宛てのみです。独自の送信は Authentication > Emails > SMTP Settings で設定します。
finding-captcha-asked = プロジェクトは、このアプリに設定されていない CAPTCHA を求めています。{ -variables }_CAPTCHA を hcaptcha:<site key> または turnstile:<site key> にして起動してください。
finding-redirect-bare = リンクは戻りますが、待てるサインインは一度に 1 つです。Authentication > URL Configuration > Redirect URLs にこの項目を加えると改善します。
finding-redirect-loopback = リンクはこのコンピューターのポートを通って戻ります。Authentication > URL Configuration > Redirect URLs にこの項目を加えると改善します。
finding-redirect-nowhere = リンクがこのアプリに戻りません。Authentication > URL Configuration > Redirect URLs にこの項目を追加してください。
finding-shared-secret = トークンは、サーバーだけが検証できる共有シークレットで署名されています。Project Settings > JWT Keys で非対称キーにすることをおすすめします。
finding-keys-unknown = トークンは、サーバーだけが検証できる方法で署名されています。
finding-rest-closed = プロジェクトのテーブルが公開されていません。Project Settings > Data API で、スキーマ「public」の Data API を有効にしてください。
finding-table-missing = テーブルがありません。SQL エディターでこれを実行してください。
finding-columns-missing = 列が足りません。SQL エディターでこれを実行してください。
finding-table-closed = サインインした人がテーブルを読めません。SQL エディターでこれを実行してください。
finding-row-missing = 登録時に行が作られないため、あなたの行がありません。SQL エディターでこれを実行してください。
finding-policies-not-told = 書き込める人は、書き込まずには調べられません。SQL エディターでこの問い合わせを実行するとわかります。各自が自分の行だけを書けるのが適切です。
finding-bucket-missing = バケットがないため、画像を保存できません。SQL エディターでこれを実行してください。
finding-anybody-writes = アカウントがなくても、誰でもファイルを追加できます。SQL エディターでこれを実行してください。
finding-others-write = サインインした人なら、ほかの人のフォルダーにもファイルを追加できます。SQL エディターでこれを実行してください。
finding-owner-cannot-write = 自分の画像を追加できません。SQL エディターでこれを実行してください。
finding-bucket-public = 画像のアドレスを知っていれば、アカウントがなくても見られます。それが望ましくない場合は、SQL エディターでこれを実行してください。
finding-bucket-too-small = バケットの上限が小さく、画像が入りません。SQL エディターでこれを実行してください。上限 (バイト):
finding-bucket-types = バケットが WebP、JPEG、PNG のどれも受け付けません。SQL エディターでこれを実行してください。
finding-bucket-unlimited = バケットは、あらゆるサイズと種類のファイルを受け付けます。SQL エディターでこれを実行してください。
finding-function-missing = アプリからアカウントを削除できません。SQL エディターでこれを実行してください。
finding-function-open = アカウントがなくても関数を呼び出せます。誰も削除されませんが、不要です。SQL エディターでこれを実行してください。
finding-links-elsewhere = このアプリのリンクが別のアプリで開かれます。このアプリを選んでください。別のアプリ:
finding-links-nowhere = このアプリのリンクを開くアプリがありません。アプリを起動し直すか、インストールしてください。
finding-keychain-absent = キーチェーンがないため、セッションはファイルのアクセス権のみで保護されています。Linux では gnome-keyring または KWallet をインストールしてください。
finding-keychain-locked = キーチェーンがロックされています。ロックを解除してください。
finding-keychain-silent = キーチェーンが応答しません。システムからログアウトし、ログインし直してください。
finding-webview-old = WebView が、このアプリに必要なバージョンより古いです。システムを更新してください。
finding-bus-absent = セッションバスがないため、キーチェーンも使えません。デスクトップのセッションからアプリを起動してください。
finding-bus-silent = セッションバスが応答しません。システムからログアウトし、ログインし直してください。

## Notifications of the desktop

news-open = { -brand } を開く
news-signed-in-title = サインインしました
news-signed-in = 開いたリンクを { -brand } が受け取りました。
news-link-title = リンクが届きました
news-link = { -brand } を開いて、次の手順を確認してください。
news-ended-title = サインアウトされました
news-ended-elsewhere = 別のデバイスまたはプロジェクトの所有者によってサインアウトされました。
news-ended-expired = セッションが終了しました。このプロジェクトではセッションの長さに制限があります。
news-ended-banned = このアカウントは停止されています。プロジェクトの所有者にお問い合わせください。
news-ended-deleted = このアカウントはもう存在しません。

## ウィンドウのない端末で

terminal-cannot-start = { -brand } を起動できません: { $reason }
terminal-no-display = { -brand } には画面が必要です。DISPLAY か WAYLAND_DISPLAY を設定するか、デスクトップから起動してください。
terminal-no-webview = { -brand } には Microsoft の WebView2 ランタイムが必要ですが、このシステムにはありません。https://go.microsoft.com/fwlink/p/?LinkId=2124703 からインストールして、{ -brand } をもう一度起動してください。
terminal-no-data-folder = { -brand } のデータを置く場所が見つかりません。{ -variables }_DATA_DIR に自分のフォルダーを設定してください。
terminal-not-told = { -brand } はすでに動いていますが、連絡できません: { $reason }
terminal-hangs = { -brand } はすでに動いていますが、応答しません。終了してから、もう一度起動してください。
terminal-hangs-with-link = { -brand } はすでに動いていますが、応答しません。終了してから 10 分以内にもう一度起動すると、リンクを受け取ります。
terminal-bus-silent = セッションバスが応答しないため、{ -brand } を起動できません: { $reason }
terminal-usage = 使い方: { -program } --doctor [--json]
terminal-no-project = 接続するプロジェクトが設定されていません。ウィンドウで接続するか、{ -variables }_SUPABASE_URL と { -variables }_SUPABASE_KEY を設定してください。
terminal-name-project = プロジェクトを --url と --key、または { -variables }_SUPABASE_URL と { -variables }_SUPABASE_KEY で指定してください。

## macOS のメニューバー

menu-bar-about = { -brand } について
menu-bar-settings = 設定…
menu-bar-services = サービス
menu-bar-hide = { -brand } を非表示
menu-bar-hide-others = ほかを非表示
menu-bar-show-all = すべてを表示
menu-bar-quit = { -brand } を終了
menu-bar-file = ファイル
menu-bar-close = ウインドウを閉じる
menu-bar-edit = 編集
menu-bar-undo = 取り消す
menu-bar-redo = やり直す
menu-bar-cut = カット
menu-bar-copy = コピー
menu-bar-paste = ペースト
menu-bar-select-all = すべてを選択
menu-bar-window = ウインドウ
menu-bar-minimize = しまう
menu-bar-zoom = 拡大/縮小
menu-bar-full-screen = フルスクリーンにする
menu-bar-to-front = すべてを手前に移動
menu-bar-help = ヘルプ
