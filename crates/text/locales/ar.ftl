### Everything the window says. A sentence names what happened and what to do; it never blames and never shows codes.
### المصطلحات: تسجيل الدخول، تسجيل الخروج · الحساب · المشروع، مالك المشروع · الرابط، الرمز · البريد، الرسالة · كلمة المرور ·
### العامل الثاني، تطبيق المصادقة، مفتاح المرور · سلسلة المفاتيح · طريقة تسجيل الدخول · المزوّد، الربط · الصورة · الحاسوب.
### الأرقام غربية (0-9) كما تُكتب الرموز والمفاتيح.

# Who the app is (`cargo xtask rename` writes these three). No other line spells them.
-brand = Foyer
-program = foyer
-variables = FOYER
app-name = { -brand }
navigation = الصفحات
loading = يجري تحميل حسابك
try-again = إعادة المحاولة
cancel = إلغاء
dismiss = إغلاق
back = رجوع
remove = إزالة

## Connect

connect-title = الاتصال بمشروع Supabase
connect-lead = ‏{ -brand } هو تطبيق الحسابات لمشروعك، ويحتاج إلى معرفة المشروع المقصود.
connect-local-found = يوجد مشروع يعمل على هذا الحاسوب
connect-local = استخدام المشروع المحلي
connect-url = عنوان URL للمشروع
connect-url-example = https://abcd.supabase.co
connect-url-hint = في لوحة تحكم Supabase ضمن Project Settings ثم Data API.
connect-key = المفتاح القابل للنشر
connect-key-example = sb_publishable_…
connect-key-hint = ضمن Project Settings ثم API Keys. يصلح أيضًا مفتاح anon القديم.
connect-submit = اتصال

## Sign in and sign up

sign-in-title = تسجيل الدخول
sign-up-title = إنشاء حسابك
sign-in-tabs = تسجيل الدخول أو إنشاء حساب
tab-sign-in = تسجيل الدخول
tab-sign-up = إنشاء حساب
tab-magic-link = رابط بالبريد
magic-link-lead = نرسل إليك رابطًا تسجّل به الدخول، من دون كلمة مرور.
magic-link-send = إرسال الرابط
forgot-password = هل نسيت كلمة المرور؟
confirm-again = إرسال الرابط مرة أخرى
or = أو
continue-with = المتابعة عبر { $provider }
anonymous = المتابعة من دون حساب
have-code = لديّ رمز أو رابط
sign-in = تسجيل الدخول
sign-up = إنشاء حساب
sign-in-no-way = لا يتيح هذا المشروع الدخول بأي طريقة يعرفها { -brand }.
email = البريد الإلكتروني
password = كلمة المرور
password-hint = 6 أحرف على الأقل. قد يطلب المشروع أكثر من ذلك.
show-password = إظهار كلمة المرور
hide-password = إخفاء كلمة المرور
caps-lock = مفتاح Caps Lock مفعّل.
phone = الهاتف
code = الرمز
code-hint = الأرقام الواردة في الرسالة.
code-submit = تأكيد الرمز
foreign-code-title = استخدام رمز أو رابط
foreign-code-lead = قد تتضمن دعوة أو رسالة أخرى رمزًا. اذكر العنوان الذي وصل إليه.
paste-link-open = لصق رابط بدلًا من ذلك
paste-link = الرابط
paste-link-hint = الرابط الوارد في الرسالة كما نسخته، أو العنوان الذي انتهى إليه متصفحك.
paste-link-submit = استخدام هذا الرابط
public-profile-open = البحث عن ملف شخصي عام
public-profile-title = الملف الشخصي العام
public-profile-lead = اطّلع على ما يمكن لأي شخص رؤيته. لا حاجة إلى تسجيل الدخول.
public-profile-submit = بحث
public-profile-nobody = لا يوجد ملف شخصي عام بهذا الاسم.
full-name = الاسم الكامل
project-line = المشروع: { $host }
project-change = تغيير

signed-out-asked = سجّلت الخروج.
signed-out-elsewhere = سُجّل خروجك من جهاز آخر أو من جانب مالك المشروع.
signed-out-expired = انتهت جلستك: يحدّد المشروع مدة الجلسة. سجّل الدخول مرة أخرى.
signed-out-banned = هذا الحساب معلّق. تواصل مع مالك المشروع.
signed-out-deleted = لم يعد هذا الحساب موجودًا.
signed-out-store-lost = تعذّرت قراءة الجلسة المحفوظة على هذا الحاسوب. سجّل الدخول مرة أخرى.

## Waiting for a mail

waiting-step-open = افتح الرسالة على هذا الحاسوب وانقر الرابط فيها.
waiting-step-open-loopback = افتح الرسالة في متصفح على هذا الحاسوب أثناء عمل { -brand }، وانقر الرابط فيها.
waiting-step-browser = تابع في الصفحة التي فُتحت في متصفحك.
waiting-step-browser-loopback = تابع في الصفحة التي فُتحت في متصفحك على هذا الحاسوب، وأبقِ { -brand } قيد التشغيل.
waiting-end-signed-in = ينتقل { -brand } إلى الأمام تلقائيًا ويكتمل تسجيل دخولك.
waiting-end-recovery = ينتقل { -brand } إلى الأمام تلقائيًا ويطلب كلمة المرور الجديدة.
waiting-end-email-change = يسري عنوانك الجديد بعد تأكيده. قد يطلب المشروع التأكيد من صندوقَي البريد كليهما.
waiting-end-link-provider = ينتقل { -brand } إلى الأمام تلقائيًا ويكتمل ربط الحساب.
waiting-end-captcha = يتابع { -brand } تلقائيًا ما بدأته.
waiting-title-mail = تحقّق من بريدك
waiting-title-email-change = تأكيد عنوانك الجديد
waiting-title-provider = المتابعة في متصفحك
waiting-title-link-provider =
    { $provider ->
        [none] ربط مزوّد في متصفحك
       *[other] ربط { $provider } في متصفحك
    }
waiting-title-captcha = حل لغز في متصفحك
waiting-lead-sign-up = لتأكيد عنوانك، أرسلنا رابطًا إلى
waiting-lead-magic-link = أرسلنا رابطًا لتسجيل الدخول إلى
waiting-lead-recovery = إذا كان الحساب موجودًا، فسيصل رابط لاختيار كلمة مرور جديدة إلى
waiting-lead-email-change = أرسلنا رابطًا إلى
waiting-lead-provider =
    { $provider ->
        [none] سجّل الدخول هناك لدى مزوّدك.
       *[other] سجّل الدخول هناك عبر { $provider }.
    }
waiting-lead-link-provider =
    { $provider ->
        [none] وافق هناك، فيصبح المزوّد طريقة أخرى لتسجيل الدخول.
       *[other] وافق هناك، فيصبح { $provider } طريقة أخرى لتسجيل الدخول.
    }
waiting-lead-captcha = يريد المشروع التأكد من أنك إنسان.
waiting-halfway = تأكّد 1 من 2. افتح الآن الرسالة في عنوانك الآخر.
waiting-finishing = وصل الرد. لحظة من فضلك…
waiting-code = إذا تضمنت الرسالة رمزًا، فيمكنك كتابته بدلًا من ذلك
waiting-copied = نُسخ. الصقه في متصفح آخر.
open-inbox = فتح صندوق الوارد
open-again = فتح المتصفح مرة أخرى
copy-address = نسخ العنوان
waiting-step-spam = لم يصل شيء بعد دقيقة؟ ابحث في مجلد الرسائل غير المرغوب فيها.
waiting-local = هذا مشروع محلي، لذا يبقى بريده على هذا الحاسوب. افتح صندوق الوارد في متصفحك وانقر الرابط في الرسالة:
waiting-exchanging = وصل الرابط. يجري تسجيل الدخول…
waiting-resend = إرسال رابط جديد
waiting-resend-in = إرسال رابط جديد بعد { $seconds } ث
waiting-resent = رابط جديد في الطريق إليك. لم يعد الرابط السابق صالحًا.
waiting-resent-sign-up = إذا لم يكن عنوانك مؤكدًا بعد، فرابط جديد في الطريق إليك ولم يعد الرابط السابق صالحًا. وإذا كان مؤكدًا، فسجّل الدخول.
waiting-confirmed = أكّدته: تسجيل الدخول
another-way-open = العودة بطريقة أخرى
another-way-lead-mail = النقر على الرابط لا يعيدك إلى هنا؟ يمكن أن يفتح { -brand } طريق عودة آخر على هذا الحاسوب ويرسل إليك رابطًا جديدًا له. افتحه في متصفح على هذا الحاسوب أثناء عمل { -brand }.
another-way-mail = إرسال رابط يعود بهذه الطريقة
another-way-lead-browser = المتصفح لا يعيدك إلى هنا؟ يمكن أن يفتح { -brand } طريق عودة آخر على هذا الحاسوب ويبدأ من جديد في المتصفح. أبقِ { -brand } قيد التشغيل.
another-way-browser = البدء من جديد في المتصفح
waiting-cancel = استخدام عنوان آخر
## A link that nobody here asked for

consent-title = تسجيل الدخول بهذا الرابط؟
consent-checking = يجري التحقق من صاحب هذا الرابط…
consent-email = يسجّل هذا الرابط دخولك باسم
consent-unknown = لا يذكر هذا الرابط الحساب الذي يسجّل الدخول إليه.
consent-question = تابع فقط إذا كنت تتوقعه.
consent-invitation = هذه دعوة: تختار كلمة مرور بعد ذلك.
consent-continue = متابعة

## New password and second factor

new-password = كلمة المرور الجديدة
new-password-title = اختيار كلمة مرور جديدة
new-password-lead = للحساب { $email }. تسجّل الدخول بها من الآن فصاعدًا.
new-password-lead-nobody = تسجّل الدخول بها من الآن فصاعدًا.
new-password-submit = حفظ كلمة المرور
new-password-skip = ليس الآن
new-password-factor-first = العامل الثاني أولًا: اكتب الرمز من تطبيق المصادقة، ثم تُحفظ كلمة المرور الجديدة.
current-password = كلمة المرور الحالية
current-password-hint = يطلبها المشروع أيضًا.
nonce = الرمز الوارد في الرسالة
nonce-hint = يطلب المشروع رمزًا أيضًا، وهو في الطريق إلى بريدك.
nonce-again = إرسال رمز جديد
mfa-title = خطوة أخرى
mfa-lead = يطلب حسابك أيضًا رمزًا من تطبيق المصادقة.
mfa-which = أيّها؟
mfa-name = تطبيق المصادقة { $number }
mfa-name-phone = الهاتف { $number }
mfa-name-passkey = مفتاح المرور { $number }
mfa-name-other = العامل الثاني { $number }
mfa-kind-authenticator = تطبيق المصادقة
mfa-kind-phone = رمز يُرسل إلى هاتف. لا يستطيع { -brand } طلبه.
mfa-kind-passkey = مفتاح مرور أو مفتاح أمان. لا يستطيع { -brand } طلبه.
mfa-kind-other = من نوع لا يعرفه { -brand } ولا يستطيع طلبه.
mfa-elsewhere-phone = يطلب حسابك أيضًا رمزًا يُرسل إلى هاتفك، ولا يستطيع { -brand } ذلك. سجّل الدخول في موقع المشروع نفسه، وأضف هناك تطبيق مصادقة، ثم عد إلى هنا.
mfa-elsewhere-passkey = يطلب حسابك أيضًا مفتاح مرور أو مفتاح أمان، ولا يستطيع { -brand } ذلك. سجّل الدخول في موقع المشروع نفسه، وأضف هناك تطبيق مصادقة، ثم عد إلى هنا.
mfa-elsewhere-other = يطلب حسابك عاملًا ثانيًا لا يستطيع { -brand } طلبه. سجّل الدخول في موقع المشروع نفسه، وأضف هناك تطبيق مصادقة، ثم عد إلى هنا.
mfa-code = الرمز
mfa-code-hint = 6 أرقام
mfa-verify = متابعة

## Account

nav-account = الحساب
nav-security = الأمان
nav-security-waiting = يوجد ما ينتظرك هناك
anonymous-name = من دون حساب
anonymous-word = أنت هنا من دون حساب. أضف عنوانًا، وإلا فُقد كل هذا عند تسجيل الخروج.
anonymous-leave-title = الخروج نهائيًا؟
anonymous-leave-text = ليس لديك عنوان هنا، فلا يمكن لأحد العودة إلى هذا الحساب. يُفقد عند تسجيل الخروج.
anonymous-leave = التخلي عنه وتسجيل الخروج
sign-out = تسجيل الخروج
account-title = الحساب
account-checking = يجري البحث عن تغييرات…
missing-table = ليس في هذا المشروع مكان لملف شخصي، لذا يعرض { -brand } ما يحفظه تسجيل الدخول: اسمك. يمكن لمالك المشروع إضافة هذا المكان.
missing-columns = ليس في جدول هذا المشروع مكان لما يلي: { $columns }. يمكن لمالك المشروع إضافته.
owner-sql = ‏SQL لمالك المشروع
copy-sql = نسخ SQL
copied-sql = نُسخ.
account-error-title = تعذّر تحميل حسابك
account-no-email = لا يوجد بريد إلكتروني
offline = أنت غير متصل بالإنترنت. هذا ما يتذكره { -brand } من المرة الأخيرة.
profile-title = الملف الشخصي
username = اسم المستخدم
username-hint = 3 أحرف على الأقل. يراه الآخرون.
website = الموقع الإلكتروني
website-hint = مثال: https://example.com
save = حفظ التغييرات
saved = حُفظ
saved-later = حُفظ على هذا الحاسوب، ويُرسل عندما تتصل بالإنترنت.
queued-title = بانتظار الإرسال
queued-lead = غيّرت هذا من دون اتصال. يرسله { -brand } فور إمكان الوصول إلى الخادم.
queued-memory = يحفظه { -brand } في الذاكرة فقط: يُفقد إذا أُغلق { -brand } قبل ذلك.
queued-discard = تجاهل
conflict-title = تغيّر هنا وفي مكان آخر
conflict-lead = تغيّر ملفك الشخصي في مكان آخر في هذه الأثناء. أي نسخة تريد الاحتفاظ بها؟
conflict-mine = نسختك
conflict-theirs = على الخادم
conflict-keep-mine = الاحتفاظ بنسختي
conflict-take-theirs = استخدام نسخة الخادم
empty-value = فارغ
unsaved = تغييرات غير محفوظة
revert = تراجع
reverted = تم التراجع عن التغييرات.
restore = استعادتها
unsaved-title = تسجيل الخروج الآن؟
unsaved-text = لم تصل تغييرات ملفك الشخصي إلى الخادم بعد. تُفقد عند تسجيل الخروج.
unsaved-stay = البقاء
unsaved-discard = التجاهل وتسجيل الخروج

## Drafts, leaving, what others see

restored = عاد ما كتبته في المرة الأخيرة. لم يُحفظ بعد.
username-free = اسم المستخدم هذا متاح.
leaving-title = المغادرة من دون حفظ؟
leaving-text = لم تُحفظ تغييرات ملفك الشخصي بعد. يحتفظ { -brand } بما كتبته: تجده هنا عند عودتك.
leaving-go = مغادرة
closing-title = الإغلاق من دون حفظ؟
closing-text = لم تُحفظ تغييرات ملفك الشخصي بعد. يحتفظ { -brand } بما كتبته على هذا الحاسوب: تجده عند فتح { -brand } مرة أخرى.
closing-go = إغلاق
closing-text-memory = لم تُحفظ تغييرات ملفك الشخصي بعد. لا يكتب { -brand } شيئًا على هذا الحاسوب، لذا تُفقد عند إغلاقه.
closing-go-memory = التجاهل والإغلاق
public-own-lead = ما يمكن لأي شخص رؤيته عنك، من دون تسجيل الدخول.
public-own-look = عرض ما يراه الآخرون
public-own-again = العرض مرة أخرى
public-own-close = إخفاء
public-own-empty = يرى الآخرون ملفًا شخصيًا فارغًا: لم يُحفظ فيه شيء بعد.
public-own-nothing = لا يرى الآخرون شيئًا من ملفك الشخصي. يعرضه هذا المشروع لك وحدك.
public-own-hidden = لا يرى الآخرون بريدك الإلكتروني ولا طريقة تسجيل دخولك.
public-own-no-picture = لا تُعرض صورتك للآخرين: يبقيها هذا المشروع خاصة.

## Security

security-title = الأمان
security-sign-in = تسجيل الدخول
security-sessions = أماكن تسجيل دخولك
security-account = الحساب
change = تغيير
add = إضافة
manage = إدارة
close = إغلاق
continue = متابعة
password-state-unknown = لا يذكر المشروع ما إذا كانت موجودة. يمكنك تعيين كلمة مرور جديدة.
password-state-anonymous = يلزم عنوان أولًا.
email-address = عنوان البريد الإلكتروني
email-state-none = لا يوجد بعد.
keep-account-lead = لا يوجد بعد. بعنوان يصبح هذا الحساب لك على كل جهاز.
change-email-lead = تصلك رسالة لتأكيد العنوان الجديد. قد يطلب المشروع التأكيد من العنوان السابق أيضًا.
two-factor-title = المصادقة بعاملين
two-factor-off = غير مفعّلة. عند تفعيلها يتطلب تسجيل الدخول رمزًا من تطبيق أيضًا.
two-factor-count =
    { $count ->
        [zero] مفعّلة، من دون عامل ثانٍ.
        [one] مفعّلة، بعامل ثانٍ واحد.
        [two] مفعّلة، بعاملين ثانيين.
        [few] مفعّلة، مع { $count } عوامل ثانية.
        [many] مفعّلة، مع { $count } عاملًا ثانيًا.
       *[other] مفعّلة، مع { $count } عامل ثانٍ.
    }
two-factor-count-day =
    { $count ->
        [zero] مفعّلة، من دون عامل ثانٍ. آخر إضافة في { $day }.
        [one] مفعّلة، بعامل ثانٍ واحد أُضيف في { $day }.
        [two] مفعّلة، بعاملين ثانيين أُضيف آخرهما في { $day }.
        [few] مفعّلة، مع { $count } عوامل ثانية، أُضيف آخرها في { $day }.
        [many] مفعّلة، مع { $count } عاملًا ثانيًا، أُضيف آخرها في { $day }.
       *[other] مفعّلة، مع { $count } عامل ثانٍ، أُضيف آخرها في { $day }.
    }
email-state-changing = ينتظر { $email } التأكيد.
sessions-last = كان آخر تسجيل دخول في أي مكان في { $day }.
identities-title = طرق تسجيل الدخول
identities-count =
    { $count ->
        [zero] لا توجد طرق:
        [one] طريقة واحدة:
        [two] طريقتان:
        [few] { $count } طرق:
        [many] { $count } طريقة:
       *[other] { $count } طريقة:
    }
identities-none = لم يذكر المشروع طرق تسجيل دخولك.
session-title = هذا الحاسوب
sessions-title = الأجهزة الأخرى
sessions-state = لا يسردها المشروع، لكنه يستطيع تسجيل خروجك منها.
sessions-lead = فقدت جهازًا أو سجّلت الدخول في مكان لا تثق به؟ خيار «الأجهزة الأخرى» يبقي دخولك هنا مسجّلًا.
mfa-enroll = إعداد
delete-title = حذف الحساب
change-password = تغيير كلمة المرور
keep-account = الاحتفاظ بهذا الحساب
new-email = العنوان الجديد
change-email = تغيير العنوان
two-factor-elsewhere = مفعّلة، لكن { -brand } لا يستطيع طلب العامل الثاني الذي لديك. أضف تطبيق مصادقة، وإلا فلن تتمكن من تسجيل الدخول هنا في المرة القادمة.
mfa-enroll-another = إضافة آخر
mfa-unfinished = لم يكتمل إعداده، فلا يُطلب.
mfa-remove-named = إزالة { $name }
mfa-new-title = إضافة تطبيق مصادقة
mfa-scan = امسح هذه الصورة بتطبيق المصادقة، ثم اكتب الرمز الذي يعرضه.
mfa-qr = رمز QR لتطبيق المصادقة
mfa-secret = لا توجد كاميرا؟ اكتب هذا المفتاح:
mfa-first-code = الرمز من التطبيق
mfa-finish = تفعيل
identity-only = لا يمكن إزالتها: لا يذكر الخادم غيرها
identity-unnamed = لا يتيح هذا الخادم لـ { -brand } إزالتها
identity-unknown = طريقة أخرى
identity-sso = تسجيل الدخول الموحّد
identities-address = قد يسجّل عنوانك { $email } دخولك أيضًا: برابط عبر البريد، أو بكلمة مرور إذا كنت قد عيّنتها.
unlink-named = إزالة { $provider }
link = ربط
link-named = ربط { $provider }
sign-out-others = تسجيل الخروج من الأجهزة الأخرى
sign-out-everywhere = تسجيل الخروج من كل الأجهزة
protection-keychain = محمية بسلسلة مفاتيح النظام.
protection-key-file = محمية بأذونات الملفات فقط: من يستطيع قراءة ملفاتك يستطيع قراءة الجلسة.
protection-memory = محفوظة في الذاكرة فقط: تسجّل الدخول عند كل تشغيل.
protection-waiting = تنتظر جلستك سلسلة مفاتيح النظام.
protection-unknown = يجري التعرف على ما يحمي جلستك.
diagnostics-title = الإبلاغ عن مشكلة
diagnostics-lead = ينسخ ما يحتاج إليه البلاغ: الإصدارات والإعدادات وآخر الأحداث. لا يتضمن كلمة مرور ولا مفتاحًا ولا أي شيء من حسابك.
diagnostics-copy = نسخ بيانات التشخيص
diagnostics-copied = نُسخت. يمكنك لصقها في بلاغك.
delete-lead = يُحذف حسابك بكل ما فيه نهائيًا.
delete-account = حذف…
delete-dialog-title = حذف حسابك؟
delete-what-goes = يُحذف فورًا ملفك الشخصي وصورتك وطرق تسجيل دخولك وجلساتك على كل الأجهزة، ولا يمكن لأحد استعادتها.
delete-confirm = للتأكيد، اكتب { $text }
delete-submit = حذف نهائي

## Settings

nav-settings = الإعدادات
settings-title = الإعدادات
# Appearance
appearance-title = المظهر
theme = السمة
language = اللغة
language-system = حسب النظام
theme-system = حسب النظام
theme-light = فاتحة
theme-dark = داكنة

protection-title = الأمان
protection-lead = كيفية حفظ جلستك، وما يتذكره { -brand } من حسابك، على هذا الحاسوب.
protection-no-modes = القرص الذي يوجد عليه مجلد { -brand } لا يحفظ أذونات الملفات: قد يستطيع مستخدمون آخرون لهذا الحاسوب قراءة الملفات فيه.
protection-choice-keychain = سلسلة مفاتيح النظام
protection-hint-keychain = الملفات مشفّرة، والمفتاح في سلسلة المفاتيح التي تُفتح عند دخولك إلى الحاسوب.
protection-choice-key-file = أذونات الملفات فقط
protection-hint-key-file = المفتاح في ملف بجانب الجلسة. تعمل في كل مكان؛ وتمنع المستخدمين الآخرين، لكنها لا تمنع ما يستطيع قراءة ملفاتك.
protection-choice-memory = الذاكرة فقط
protection-hint-memory = لا يُكتب شيء من جلستك وحسابك. تسجّل الدخول عند كل تشغيل، وتُفقد التغييرات المنتظرة عند إغلاق { -brand }.
keychain-locked = سلسلة مفاتيح النظام مقفلة. افتحها في تطبيق كلمات المرور في نظامك، ثم أعد المحاولة.
keychain-unanswered = سلسلة مفاتيح النظام لا تستجيب. ربما تنتظر كلمة المرور في نافذة أخرى.
keychain-absent = لا يجد { -brand } سلسلة مفاتيح على هذا الحاسوب.

## Locked

locked-title = سلسلة المفاتيح مقفلة
locked-title-unanswered = سلسلة المفاتيح لا تستجيب
locked-lead = جلستك على هذا الحاسوب، ومفتاحها في سلسلة مفاتيح النظام. افتح سلسلة المفاتيح في تطبيق كلمات المرور في نظامك، ثم أعد المحاولة.
locked-lead-unanswered = جلستك على هذا الحاسوب، ومفتاحها في سلسلة مفاتيح النظام. ربما تنتظر كلمة المرور في نافذة أخرى.
sign-in-again = تسجيل الدخول من جديد
sign-in-again-hint = يبدأ تسجيل الدخول من جديد جلسة جديدة. لا يُحذف شيء: توضع الجلسة السابقة جانبًا كما هي.

## Picture

avatar-title = الصورة
avatar-alt = صورتك
avatar-limits = ‏PNG أو JPEG أو WebP، حتى 10 ميغابايت و8192 بكسل لكل ضلع: اختر صورة، أو أفلتها هنا، أو الصقها. تُزال بيانات الموقع والكاميرا.
avatar-limit = يحفظ هذا المشروع صورًا بحجم { $size } على الأكثر. إذا كانت صورتك أكبر، يصغّرها { -brand }.
avatar-choose = اختيار صورة…
avatar-replace = استبدال…
avatar-choose-other = اختيار صورة أخرى…
avatar-remove = إزالة
avatar-uploading = يجري الرفع
size-bytes =
    { $number ->
        [zero] { $number } بايت
        [one] بايت واحد
        [two] بايتان
        [few] { $number } بايتات
        [many] { $number } بايتًا
       *[other] { $number } بايت
    }
size-kilobytes = { $number } كيلوبايت
size-megabytes = { $number } ميغابايت
avatar-sent = { $sent } من { $total } كيلوبايت
picture-files = الصور (PNG، JPEG، WebP)
avatar-done = صورتك الجديدة في مكانها.
avatar-drop = أفلت صورتك هنا
avatar-removed = أُزيلت صورتك.
avatar-undo = تراجع
crop-title = اختيار ما يُرى
crop-stage = صورتك في الدائرة
crop-help = اسحب الصورة، أو حرّكها بمفاتيح الأسهم. استخدم مفتاح الزائد لتكبيرها ومفتاح الناقص لتصغيرها، وR لتدويرها.
crop-zoom = الحجم
crop-percent = ‏{ $percent } بالمئة
crop-turn = تدوير
crop-reset = إعادة التعيين
crop-apply = استخدام هذه الصورة
crop-state = الحجم { $percent } بالمئة، والتدوير { $degrees } درجة. مركز الدائرة على بعد { $across } بالمئة من اليسار و{ $down } بالمئة من الأعلى.

## Notices

notice-signed-in-by-link = أهلًا بك. سجّل الرابط دخولك.
notice-signed-in-by-provider = أهلًا بك. تم تسجيل دخولك.
notice-link-malformed = لا يجد { -brand } هناك رابطًا يمكنه تسجيل الدخول به. انسخ الرابط كاملًا من الرسالة والصقه، أو اطلب رابطًا جديدًا.
notice-link-incomplete = ينقص هذا الرابط جزء: «type=…». انسخ الرابط كاملًا من الرسالة حتى نهايته، أو اطلب رابطًا جديدًا.
notice-link-sealed = هذا الرابط يخص مرشّح بريد، وهو وحده يعرف وجهته. افتحه في متصفحك، ثم الصق العنوان الذي ينتهي إليه المتصفح.
notice-link-unknown = لا يخص هذا الرابط أي تسجيل دخول بدأ هنا، أو أنه انتهى. سجّل الدخول أو اطلب رابطًا جديدًا.
notice-link-spent = استُخدم هذا الرابط من قبل أو أنه قديم جدًا. اطلب رابطًا جديدًا.
notice-confirmed-too-late = تأكّد بريدك الإلكتروني. سجّل الدخول من فضلك.
notice-took-too-long = استغرق ذلك وقتًا طويلًا، ولم يعد الخادم ينتظره. ابدأ من جديد.
notice-link-refused = رُفض تسجيل الدخول. يمكنك المحاولة مرة أخرى.
notice-link-not-finished = تعذّر الوصول إلى الخادم لإكمال تسجيل الدخول. استخدم الرابط مرة أخرى عندما تتصل بالإنترنت.
notice-link-while-signed-in = هذا الرابط يخص حسابًا آخر. سجّل الخروج أولًا، ثم استخدمه مرة أخرى.
notice-provider-address-unconfirmed = لم يؤكّد المزوّد عنوانك. رسالة في الطريق إليك: افتح رابطها، ثم سجّل الدخول مرة أخرى.
notice-identity-taken = هذا الحساب يخص شخصًا آخر هنا بالفعل. لم يتغيّر شيء.
notice-link-of-other-account = هذا الرابط يخص حسابًا لم يُسجَّل الدخول إليه هنا. سجّل الدخول بذلك الحساب، ثم افتح الرابط مرة أخرى.
notice-other-address-to-confirm = إذا أكّدت للتو أحد عنوانيك، فافتح أيضًا الرسالة في العنوان الآخر.
notice-email-change-half = تأكّد 1 من 2. افتح الآن الرسالة في عنوانك الآخر.
notice-email-changed = يسري عنوانك الجديد من الآن فصاعدًا.
notice-identity-linked = تم الربط. يمكنك تسجيل الدخول به أيضًا من الآن فصاعدًا.
notice-password-changed = تسري كلمة المرور الجديدة من الآن فصاعدًا.
notice-others-signed-out = سُجّل الخروج من كل الأجهزة الأخرى.
notice-factor-added = المصادقة بعاملين مفعّلة.
notice-factor-removed = أُزيل العامل الثاني.
notice-edit-sent = وصل ما غيّرته من دون اتصال إلى الخادم.
notice-account-deleted = حُذف حسابك وكل ما فيه.
notice-account-deleted-pictures-stay = حُذف حسابك. ربما بقيت صورة لا يتيح لك المشروع إزالتها: يمكن لمالكه إزالتها.
notice-project-failed = لم يتمكن المشروع من تسجيل دخولك بسبب خلل فيه. إعادة المحاولة لا تفيد؛ على مالكه مراجعة سجلات المشروع.
notice-browser-not-opened = لم يُفتح المتصفح. انسخ العنوان وافتحه بنفسك.
notice-action = إرسال رابط جديد

store-warning-not-saved = تعذّر حفظ جلستك على هذا الحاسوب. يبقى دخولك مسجّلًا حتى إغلاق { -brand }، ويواصل { -brand } المحاولة.
store-warning-not-removed = تعذّر تغيير ما يحفظه { -brand } على هذا الحاسوب. قد تبقى هنا جلسة سُجّل الخروج منها؛ يواصل { -brand } المحاولة. تحقّق مما إذا كان القرص ممتلئًا.

## Failures

error-not-configured = لا يوجد مشروع متصل بعد.
error-configured-by-environment = المشروع محدّد في بيئة هذا الحاسوب ولا يمكن تغييره هنا.
error-url-invalid = هذا ليس عنوان ويب. يبدو العنوان هكذا: https://abcd.supabase.co
error-url-insecure = يجب أن يبدأ العنوان بـ https://، ولا يُستثنى سوى مشروع على هذا الحاسوب.
error-web-page-answers = تستجيب هناك صفحة ويب بدلًا من مشروع Supabase. كثيرًا ما تكون صفحة الدخول إلى شبكة: افتح متصفحك وادخل إلى الشبكة، ثم أعد المحاولة. إذا كنت متصلًا بالإنترنت، فتحقّق من عنوان URL.
error-not-supabase = يستجيب شيء هناك، لكنه ليس مشروع Supabase. تحقّق من عنوان URL.
error-key-invalid = لا يناسب هذا المفتاح المشروع. انسخ المفتاح القابل للنشر مرة أخرى.
error-key-secret = هذا مفتاح سري. إنه يفتح كل شيء ولا يجوز أن يكون في تطبيق. استخدم المفتاح القابل للنشر.
error-local-not-found = لم يعد أي مشروع محلي يستجيب. شغّله وأعد المحاولة.
error-offline = تعذّر الوصول إلى الخادم. تحقّق من اتصالك وأعد المحاولة.
error-server-failed = فشل الخادم في ذلك. أعد المحاولة؛ وإذا تكرر الفشل فأخبر مالك المشروع.
error-server-trouble = يواجه الخادم مشكلة في الوقت الحالي. أعد المحاولة بعد قليل.
error-rate-limited = محاولات كثيرة جدًا. انتظر قليلًا وأعد المحاولة.
error-rate-limited-for =
    { $seconds ->
        [zero] محاولات كثيرة جدًا. أعد المحاولة الآن.
        [one] محاولات كثيرة جدًا. أعد المحاولة بعد ثانية واحدة.
        [two] محاولات كثيرة جدًا. أعد المحاولة بعد ثانيتين.
        [few] محاولات كثيرة جدًا. أعد المحاولة بعد { $seconds } ثوانٍ.
        [many] محاولات كثيرة جدًا. أعد المحاولة بعد { $seconds } ثانية.
       *[other] محاولات كثيرة جدًا. أعد المحاولة بعد { $seconds } ثانية.
    }
error-rate-limited-minutes =
    { $minutes ->
        [zero] محاولات كثيرة جدًا. أعد المحاولة الآن.
        [one] محاولات كثيرة جدًا. أعد المحاولة بعد دقيقة تقريبًا.
        [two] محاولات كثيرة جدًا. أعد المحاولة بعد دقيقتين تقريبًا.
        [few] محاولات كثيرة جدًا. أعد المحاولة بعد { $minutes } دقائق تقريبًا.
        [many] محاولات كثيرة جدًا. أعد المحاولة بعد { $minutes } دقيقة تقريبًا.
       *[other] محاولات كثيرة جدًا. أعد المحاولة بعد { $minutes } دقيقة تقريبًا.
    }
error-rate-limited-hours =
    { $hours ->
        [zero] محاولات كثيرة جدًا. أعد المحاولة الآن.
        [one] محاولات كثيرة جدًا. أعد المحاولة بعد ساعة تقريبًا.
        [two] محاولات كثيرة جدًا. أعد المحاولة بعد ساعتين تقريبًا.
        [few] محاولات كثيرة جدًا. أعد المحاولة بعد { $hours } ساعات تقريبًا.
        [many] محاولات كثيرة جدًا. أعد المحاولة بعد { $hours } ساعة تقريبًا.
       *[other] محاولات كثيرة جدًا. أعد المحاولة بعد { $hours } ساعة تقريبًا.
    }
error-intercepted = يستجيب شيء آخر بدلًا من المشروع، وكثيرًا ما يكون صفحة الدخول إلى شبكة. افتح متصفحك وادخل إلى الشبكة، ثم أعد المحاولة.
error-project-unreachable = لا يستجيب المشروع خلف بوابته في الوقت الحالي. يعيد { -brand } المحاولة تلقائيًا.
error-clocks-differ = تختلف ساعات خوادم المشروع، لذا لا يسري تسجيل دخولك بعد. يعيد { -brand } المحاولة تلقائيًا.
error-certificate-untrusted = لا تضمن شهادةَ الخادم أيُّ جهة يثق بها هذا الحاسوب، لذا لم يُرسل شيء. قد يكون السبب شبكة أو برنامجًا يفحص الاتصالات: جرّب شبكة أخرى. وإذا استمر ذلك، فعلى مالك المشروع التحقق.
error-certificate-out-of-date = انتهت صلاحية شهادة الخادم أو لم تبدأ بعد، لذا لم يُرسل شيء. تحقّق من تاريخ هذا الحاسوب ووقته؛ وإذا كانا صحيحين فعلى مالك المشروع تجديدها.
error-certificate-other-host = شهادة الخادم لعنوان آخر، لذا لم يُرسل شيء. تحقّق من عنوان URL للمشروع ومن الشبكة؛ وإذا كانا صحيحين فعلى مالك المشروع التحقق.
error-project-paused = هذا المشروع متوقف مؤقتًا. يمكن لمالكه استئنافه في لوحة تحكم Supabase؛ لم يُفقد شيء.
error-project-restricted = هذا المشروع مقيّد حاليًا لأنه استنفد خطته. على مالكه معالجة ذلك.
error-project-broken = يوجد خلل في قاعدة بيانات المشروع نفسه. إعادة المحاولة لا تفيد: على مالكه مراجعة سجلات المشروع.
error-mail-unsent = تعذّر على المشروع إرسال بريده. على مالكه مراجعة إعدادات البريد.
error-tokens-refused = لا يقبل جزء من هذا المشروع عمليات تسجيل الدخول الخاصة بالمشروع نفسه. على مالكه مراجعة المفاتيح التي توقَّع بها الرموز المميزة.
error-refused = رفض المشروع ذلك لسبب لا يعرفه { -brand }. يذكره السجل، وقد يعرفه إصدار أحدث من { -brand }.
error-signed-out = خرجت من حسابك. سجّل الدخول مرة أخرى.
error-signed-in = دخولك مسجّل. سجّل الخروج أولًا.
error-invalid-credentials = البريد الإلكتروني أو كلمة المرور غير صحيحة.
error-email-not-confirmed = لم يُؤكَّد هذا البريد الإلكتروني بعد. افتح الرابط في الرسالة التي وصلتك، أو اطلب إرسالها مرة أخرى.
error-email-invalid = أدخل بريدًا إلكترونيًا مثل name@example.com.
error-password-missing = أدخل كلمة مرور.
error-password-too-long = كلمة المرور طويلة جدًا: 72 حرفًا على الأكثر.
error-weak-password = يطلب المشروع كلمة مرور أقوى.
weak-password-length = كلمة المرور قصيرة جدًا لهذا المشروع.
weak-password-characters = اخلط بين الحروف الصغيرة والكبيرة والأرقام والرموز.
weak-password-pwned = كلمة المرور هذه معروفة من تسريبات. اختر غيرها.
error-already-registered = يوجد حساب بهذا العنوان. سجّل الدخول به.
error-sign-up-disabled = لا يقبل هذا المشروع حسابات جديدة في الوقت الحالي.
error-email-disabled = تسجيل الدخول بالبريد معطّل في هذا المشروع.
error-captcha-required = يطلب هذا المشروع اختبار CAPTCHA لا يستطيع { -brand } عرضه هنا. يمكن لمالك المشروع إعداد صفحة لذلك.
error-banned = هذا الحساب معلّق. تواصل مع مالك المشروع.
error-flow-unknown = انتهى تسجيل الدخول هذا. ابدأ من جديد.
error-anonymous-disabled = لا يتيح هذا المشروع الدخول من دون حساب.
error-provider-unavailable = لا يوفّر هذا المشروع ذلك المزوّد في الوقت الحالي.
error-browser-unavailable = تعذّر فتح متصفحك. انسخ العنوان وافتحه بنفسك.
error-clipboard-unavailable = تعذّر النسخ.
error-loopback-unavailable = تعذّر على { -brand } فتح طريق عودة من المتصفح على هذا الحاسوب. أغلق البرامج الأخرى التي قد تعترض ذلك وأعد المحاولة.
error-code-invalid = يتكوّن الرمز من 6 إلى 10 أرقام.
error-code-wrong = هذا الرمز غير صحيح أو قديم جدًا. راجع أحدث رسالة، أو التطبيق مرة أخرى.
error-link-over = لم يعد هذا الرابط صالحًا. اطلب رابطًا جديدًا.
error-still-checking = لا يزال هذا الرابط قيد التحقق. أعد المحاولة بعد لحظة.
error-session-invalid = هذه ليست جلسة من هذا المشروع. سجّل الدخول من فضلك.
error-session-over = انتهت هذه الجلسة. سجّل الدخول مرة أخرى.
error-second-factor-needed = أكّد هويتك بالعامل الثاني أولًا.
error-factor-unknown = لم يعد هذا العامل الثاني موجودًا.
error-too-many-factors = لديك أكبر عدد يسمح به المشروع من العوامل الثانية. أزل واحدًا أولًا.
error-factors-disabled = لا يقبل هذا المشروع عوامل ثانية.
error-current-password-needed = يطلب المشروع كلمة المرور الحالية أيضًا.
error-current-password-wrong = هذه ليست كلمة المرور الحالية.
error-nonce-needed = يطلب المشروع رمزًا أيضًا، وهو في الطريق إلى بريدك.
error-nonce-wrong = هذا الرمز غير صحيح أو قديم جدًا.
error-same-password = هذه كلمة المرور الحالية. اختر غيرها.
error-email-taken = هذا العنوان يخص حسابًا آخر.
error-last-identity = هذه آخر طريقة لديك لتسجيل الدخول. أضف طريقة أخرى أولًا.
error-linking-disabled = لا يتيح هذا المشروع ربط الحسابات.
error-confirmation-wrong = ليس هذا هو المطلوب.
error-username-taken = اسم المستخدم هذا محجوز.
error-username-too-short = استخدم 3 أحرف على الأقل.
error-website-invalid = هذا ليس عنوان ويب. يبدو العنوان هكذا: https://example.com
error-text-too-long = هذا طويل جدًا.
error-unseen-characters = توجد هنا أحرف لا يمكن لأحد رؤيتها. احذف النص واكتبه من جديد بدلًا من لصقه.
error-text-too-long-for =
    { $limit ->
        [zero] هذا طويل جدًا: لا يقبل المشروع أي حرف.
        [one] هذا طويل جدًا: يقبل المشروع حرفًا واحدًا على الأكثر.
        [two] هذا طويل جدًا: يقبل المشروع حرفين على الأكثر.
        [few] هذا طويل جدًا: يقبل المشروع { $limit } أحرف على الأكثر.
        [many] هذا طويل جدًا: يقبل المشروع { $limit } حرفًا على الأكثر.
       *[other] هذا طويل جدًا: يقبل المشروع { $limit } حرف على الأكثر.
    }
error-value-taken =
    { $name ->
        [none] لدى شخص آخر هذا بالفعل، ويريد المشروع كل قيمة مرة واحدة فقط.
       *[other] لدى شخص آخر هذا بالفعل، ويريد المشروع كل قيمة مرة واحدة فقط (قاعدته «{ $name }»).
    }
error-value-refused =
    { $name ->
        [none] للمشروع قاعدة خاصة لا يستوفيها هذا. جرّب صيغة أخرى.
       *[other] للمشروع قاعدة خاصة، «{ $name }»، لا يستوفيها هذا. جرّب صيغة أخرى.
    }
error-value-required = يتطلب المشروع ملء هذا الحقل.
error-project-says = لا يقبل المشروع هذا، ويقول: «{ $words }»
error-column-unfilled =
    { $name ->
        [none] يتطلب جدول المشروع قيمة لا يعرفها { -brand }. على مالكه تعيين قيمة افتراضية لذلك العمود.
       *[other] يتطلب جدول المشروع قيمة في عموده «{ $name }»، ولا يعرفها { -brand }. على مالكه تعيين قيمة افتراضية له.
    }
error-column-missing =
    { $name ->
        [none] ينقص جدول المشروع عمود. يمكن لمالكه إضافته.
       *[other] ينقص جدول المشروع العمود «{ $name }». يمكن لمالكه إضافته.
    }
error-function-missing =
    { $name ->
        [none] تنقص المشروع دالة لازمة لذلك. على مالكه إضافتها.
       *[other] تنقص المشروع الدالة «{ $name }»، لذا لم يُحذف شيء. على مالكه إضافتها.
    }
error-pictures-stay = لا يتيح المشروع إزالة صورك، لذا لم يُحذف الحساب. على مالكه السماح بذلك.
error-conflict = تغيّر الملف الشخصي في مكان آخر في هذه الأثناء. راجعه مرة أخرى قبل الحفظ.
error-forbidden = لا يسمح المشروع بذلك.
error-project-not-prepared = ليس في المشروع مكان لهذا بعد: على مالكه إضافة الجدول profiles والحاوية avatars.
error-file-unreadable = تعذّرت قراءة الملف.
error-file-too-large = حجم الملف أكبر من 10 ميغابايت.
error-not-one-file = ملف صورة واحد من فضلك: لا عدة ملفات ولا مجلد ولا عنوان ويب.
error-no-picture-copied = لا توجد صورة في الحافظة. انسخ صورة، ثم الصقها هنا.
error-image-unsupported = هذه ليست صورة PNG أو JPEG أو WebP.
error-image-broken = الصورة تالفة ويتعذّر فتحها.
error-image-too-large = في الصورة عدد كبير جدًا من وحدات البكسل: 8192 لكل ضلع على الأكثر.
error-image-too-heavy = يتطلب فتح الصورة ذاكرة أو وقتًا أكثر من اللازم. احفظها بوحدات بكسل أقل، مثل 4000 لكل ضلع، واخترها مرة أخرى.
error-bucket-formats = لا يقبل المشروع أيًا من الصيغ التي يستطيع { -brand } كتابتها: JPEG وWebP وPNG. يحدّد مالكه ذلك في الحاوية avatars.
error-bucket-limit = يقبل المشروع صورًا بحجم { $size } على الأكثر، ولا يمكن تصغير هذه إلى ذلك الحد. يحدّد مالكه ذلك في الحاوية avatars.
error-bucket-too-small = لا يقبل المشروع سوى صور بحجم أقل من { $size }، ولا يمكن تصغير هذه أكثر. يحدّد مالكه ذلك في الحاوية avatars.
error-picture-busy = لا تزال صورة أخرى قيد الاختيار أو الرفع. أوقفها أولًا، أو دعها تكتمل.
error-preview-unknown = اختر الصورة مرة أخرى من فضلك.
error-cancelled = توقّف.
error-store-unwritable = لا يستطيع { -brand } الكتابة في مجلده على هذا الحاسوب. تحقّق من المساحة الخالية والأذونات.
error-keychain-locked = سلسلة مفاتيح النظام مقفلة. افتحها ثم أعد المحاولة.
error-keychain-unavailable = لا يمكن استخدام سلسلة مفاتيح النظام على هذا الحاسوب الآن. لم يتغيّر شيء.
error-files-of-others = لدى شخص آخر على هذا الحاسوب تغييرات لم تُرسل بعد، وستُفقد. عليه تسجيل الدخول أولًا لكي تُرسل تغييراته. لم يتغيّر شيء.
error-internal = حدث خلل في { -brand } نفسه. أعد المحاولة؛ وإذا استمر ذلك فأعد تشغيل { -brand }.

## Windows

error-too-many-windows = يعرض { -brand } أكبر عدد ممكن من النوافذ. أغلق واحدة أولًا.
error-folder-not-opened = لم يفتح أي مدير ملفات المجلد. مساره مذكور أعلاه.

## Settings: connection, notifications, data, about

connection-title = الاتصال
connection-lead = مشروع Supabase الذي يتصل به { -brand }، وكيف تعود الروابط من الرسائل والمتصفحات إلى { -brand }.
redirect-deep-link = تفتح الروابط { -brand } مباشرة. هذه أفضل طريقة.
redirect-bare-deep-link = تفتح الروابط { -brand } مباشرة، لكن لا ينتظر سوى تسجيل دخول واحد في كل مرة.
redirect-loopback = تعود الروابط عبر منفذ في هذا الحاسوب: يجب فتحها في متصفح على هذا الحاسوب أثناء عمل { -brand }.
redirect-unknown = لا يعرف { -brand } بعد كيف تعود الروابط: لم يرد المشروع.
redirect-reason-narrow = تذكر عناوين إعادة التوجيه في المشروع روابط { -brand } من دون النجمة في آخرها. بهذا الإدخال يمكن أن تنتظر عدة عمليات تسجيل دخول معًا.
redirect-reason-missing = لا تذكر عناوين إعادة التوجيه في المشروع روابط { -brand }. يمكن لمالك المشروع إضافة هذا الإدخال ضمن Authentication ثم URL Configuration، فتفتح الروابط { -brand } مباشرة.
redirect-reason-desktop = يفتح سطح المكتب لديك روابط { -brand } بتطبيق آخر، أو لا يفتحها بأي تطبيق. اختر { -brand } لها حيث تُختار التطبيقات الافتراضية.
redirect-entry-copy = نسخ الإدخال
redirect-entry-copied = نُسخ. أضفه إلى عناوين إعادة التوجيه في المشروع.
redirect-check = التحقق مرة أخرى
redirect-checked = تم التحقق للتو.
project-fixed = اختير المشروع عند تشغيل { -brand } ولا يمكن تغييره هنا.
project-leave = تغيير المشروع…
project-leave-title = مغادرة هذا المشروع؟
project-leave-signed-in = سيُسجّل خروجك على هذا الحاسوب، وتُهمل التغييرات غير المحفوظة أو غير المرسلة. بعد ذلك يمكنك الاتصال بمشروع آخر.
project-leave-signed-out = تُلغى عمليات تسجيل الدخول التي تنتظر رابطًا أو رمزًا. بعد ذلك يمكنك الاتصال بمشروع آخر.
project-leave-confirm = مغادرة المشروع
notifications-title = الإشعارات
notifications-switch = تلقّي الإشعارات
notifications-hint = عندما يصل رابط أو يُسجّل خروجك من مكان آخر وأنت لا تنظر إلى { -brand }. لا يُعرض فيها شيء من حسابك.
data-title = البيانات
data-lead = كل ما يحفظه { -brand } على هذا الحاسوب موجود في هذا المجلد.
open-data = فتح المجلد
open-logs = فتح مجلد السجلات
clear-cache = البدء بذاكرة مؤقتة فارغة
clear-cache-hint = يزيل الملف الشخصي والصورة اللذين يتذكرهما { -brand } وما تحفظه النافذة من صفحتها، ويجلبها من جديد. تبقى جلستك وإعداداتك والتغييرات المنتظرة.
cache-cleared = الذاكرة المؤقتة فارغة. يجري جلب ما يلزم من جديد.
about-title = حول { -brand }
about-version = الإصدار { $version }
about-license = ‏{ -brand } برنامج حر برخصة MIT أو Apache-2.0، كما تشاء.
licenses-show = عرض رخص الآخرين
licenses-hide = إخفاء رخص الآخرين

## Updates of the app

updates-title = التحديثات
updates-unknown = لم يُبحث عن تحديثات بعد.
updates-checking = يجري البحث عن إصدار أحدث…
updates-newest = هذا هو أحدث إصدار.
updates-available = الإصدار { $version } متاح.
updates-elsewhere = الإصدار { $version } متاح. يصلك مع تحديثات نظامك، أو من حيث حصلت على { -brand }.
updates-downloading = يجري تنزيل الإصدار { $version }.
updates-ready = الإصدار { $version } جاهز. يعيد { -brand } التشغيل به.
updates-ready-memory = سيلزمك تسجيل الدخول من جديد، لأن جلستك محفوظة في الذاكرة فقط.
updates-installing = يجري تثبيت الإصدار { $version }. يعود { -brand } إلى العمل من تلقاء نفسه.
updates-checked = آخر بحث: { $day }.
updates-notes = ما يكتبه صانعوه عنه
updates-check = البحث الآن
updates-download = تنزيل
updates-received = { $received } ميغابايت
updates-received-of = { $received } من { $total } ميغابايت
updates-install = التثبيت وإعادة التشغيل
updates-unreachable = تعذّر الوصول إلى خادم التحديثات. تحقّق من اتصالك وأعد المحاولة.
updates-unclear = لم يقدّم خادم التحديثات ردًا مفهومًا. أعد المحاولة لاحقًا.
updates-no-build = يوجد إصدار أحدث، لكن ليس لهذا النظام.
updates-broken-off = انقطع التنزيل. عند إعادة المحاولة يبدأ من أوله.
updates-too-large = الملف أكبر من أي إصدار من { -brand }، لذا أُوقف التنزيل.
updates-not-signed = الملف غير موقّع من صانعي { -brand } على أنه هذا الإصدار، لذا استُبعد. لم يتغيّر شيء.
updates-not-installed = لم يحل الإصدار الجديد محل هذا الإصدار. لم يتغيّر شيء.

## The menu and the shortcuts

menu-title = الأوامر
menu-open = فتح قائمة الأوامر
menu-search = ماذا تريد أن تفعل؟
menu-count =
    { $count ->
        [0] لا شيء هنا بهذا الاسم.
        [zero] لا شيء هنا بهذا الاسم.
        [one] أمر واحد
        [two] أمران
        [few] { $count } أوامر
        [many] { $count } أمرًا
       *[other] { $count } أمر
    }
menu-revert = تجاهل التغييرات
menu-restore = استعادة ما تم تجاهله
menu-reload = محاولة الاتصال مرة أخرى
menu-account = الانتقال إلى الحساب
menu-security = الانتقال إلى الأمان
menu-settings = الانتقال إلى الإعدادات
menu-close-settings = إغلاق الإعدادات
menu-remove-picture = إزالة الصورة
menu-change-email = تغيير البريد الإلكتروني
menu-add-factor = إضافة المصادقة بعاملين
menu-sign-in = تسجيل الدخول بكلمة مرور
menu-sign-up = إنشاء حساب
menu-magic-link = تسجيل الدخول برابط عبر البريد
menu-type-code = كتابة رمز أو لصق رابط
menu-skip-new-password = إبقاء كلمة المرور كما هي
menu-dismiss-notice = إغلاق الرسالة
menu-new-window = نافذة جديدة
menu-theme-system = استخدام ألوان النظام
menu-theme-light = استخدام ألوان فاتحة
menu-theme-dark = استخدام ألوان داكنة
menu-shortcuts = اختصارات لوحة المفاتيح
menu-copy-diagnostics = نسخ بيانات التشخيص
menu-change-project = تغيير المشروع
shortcut-next-part = الانتقال إلى الجزء التالي من النافذة
shortcut-close = إغلاق آخر ما فُتح
key-ctrl = Ctrl
key-alt = Alt
key-esc = Esc

## The window's title, and what a screen reader says between two pages

window-title = { $page } – { -brand }
window-title-place = { $page } – { $place } – { -brand }
announce-signed-in = سجّلت الدخول باسم { $email }.
announce-signed-in-nobody = دخلت من دون حساب.
announce-online = عاد الاتصال بالإنترنت.

## Check of the connection

doctor-title = فحص هذا الاتصال
doctor-lead = يفحص ما يحتاج إليه التطبيق في المشروع وفي هذا الحاسوب. لا يتغيّر شيء.
doctor-start = فحص
doctor-again = الفحص مرة أخرى
doctor-running = يجري الفحص…
doctor-copy = نسخ كنص
doctor-copied = نُسخ.
doctor-remedy = ما يجب إدخاله أو تشغيله
doctor-remedy-copy = نسخ
doctor-cancelled = أُلغي الفحص.
doctor-sum =
    { $problems ->
        [0] لا توجد مشكلات.
        [zero] لا توجد مشكلات.
        [one] وُجدت مشكلة واحدة.
        [two] وُجدت مشكلتان.
        [few] وُجدت { $problems } مشكلات.
        [many] وُجدت { $problems } مشكلة.
       *[other] وُجدت { $problems } مشكلة.
    }
doctor-counts = سليم: { $ok }، تلميحات: { $hints }، مشكلات: { $problems }، غير معروف: { $unknown }
doctor-state-ok = سليم
doctor-state-hint = تلميح
doctor-state-problem = مشكلة
doctor-state-unknown = غير معروف
check-key = العنوان والمفتاح
check-server = المشروع
check-certificate = التشفير
check-sign-up = إنشاء الحسابات
check-sign-in-methods = طرق تسجيل الدخول
check-confirmation = تأكيد العناوين
check-mail = خادم البريد
check-captcha = اختبار CAPTCHA
check-redirect = روابط العودة إلى التطبيق
check-signing-keys = مفاتيح التوقيع
check-profiles = الجدول «profiles»
check-profile-row = صفك في «profiles»
check-profile-policies = سياسات «profiles»
check-bucket = الحاوية «avatars»
check-bucket-writers = من يمكنه إضافة صور
check-bucket-readers = من يمكنه رؤية الصور
check-bucket-limits = ما تقبله الحاوية
check-delete-account = الدالة «delete_account»
check-clock = الساعة
check-links = الروابط على هذا الحاسوب
check-keychain = سلسلة المفاتيح
check-webview = عارض الويب
check-session-bus = ناقل الجلسة D-Bus
finding-good = سليم.
finding-not-needed = لا شيء يُفحص هنا.
finding-not-asked = لم يُفحص: يجب حل مشكلة أعلاه أولًا.
finding-no-answer = لا رد صالح. أعد الفحص لاحقًا.
finding-not-told = لا يمكن معرفة ذلك من هنا.
finding-sign-in-needed = لا يخبر الخادم بذلك إلا من سجّل الدخول. سجّل الدخول وأعد الفحص.
finding-address-invalid = هذا ليس عنوان مشروع.
finding-address-insecure = يجب أن يبدأ العنوان بـ https://
finding-key-invalid = هذا ليس مفتاحًا قابلًا للنشر ولا مفتاح anon. تجده ضمن Project Settings ثم API Keys.
finding-key-secret = هذا مفتاح سري. لا يجوز أن يكون في تطبيق. لم يُرسل شيء. استخدم المفتاح القابل للنشر.
finding-key-refused = لا يقبل المشروع هذا المفتاح. انسخ المفتاح القابل للنشر من Project Settings ثم API Keys.
finding-name-unresolved = لا يجد هذا الحاسوب خادمًا بهذا الاسم. تحقّق من الكتابة ومن وجود المشروع.
finding-unreachable = لا يوجد اتصال. تحقّق من شبكة هذا الحاسوب.
finding-timed-out = لا رد في الوقت المحدد. أعد الفحص لاحقًا.
finding-certificate-untrusted = لم توقّع شهادةَ الخادم أيُّ جهة يثق بها هذا الحاسوب. إما أنها موقّعة ذاتيًا، وإما أن هذه الشبكة تفحص ما يُرسل.
finding-certificate-out-of-date = انتهت صلاحية شهادة الخادم أو لم تبدأ بعد. تحقّق من ساعة هذا الحاسوب.
finding-certificate-other-host = شهادة الخادم لمضيف آخر. تحقّق من العنوان.
finding-web-page = تستجيب صفحة ويب بدلًا من المشروع. ادخل إلى هذه الشبكة في متصفح، أو تحقّق من العنوان.
finding-not-supabase = ما يستجيب ليس مشروع Supabase. تحقّق من العنوان.
finding-paused = المشروع متوقف مؤقتًا. يمكن لمالكه استعادته في لوحة التحكم.
finding-restricted = المشروع مقيّد لأن خطته استُنفدت. يرى مالكه السبب ضمن Organization ثم Usage.
finding-server-fails = يرد الخادم بخطأ من عنده. راجع status.supabase.com وأعد الفحص لاحقًا.
finding-rate-limited = يطلب الخادم الانتظار. أعد الفحص بعد بضع دقائق.
finding-certificate-ends = تنتهي الشهادة قريبًا ولم تُجدَّد. الأيام المتبقية:
finding-clock-off = تختلف ساعة هذا الحاسوب عن ساعة الخادم. دع النظام يضبطها تلقائيًا.
finding-clock-wrong = ساعة هذا الحاسوب خاطئة، لذا قد تفشل الشهادات وعمليات تسجيل الدخول. دع النظام يضبطها تلقائيًا.
finding-sign-up-closed = لا يمكن إنشاء حسابات جديدة. إذا كان ذلك مطلوبًا، فاسمح به ضمن Authentication ثم Sign In / Providers.
finding-no-sign-in-method = لا يمكن لأحد تسجيل الدخول بهذا التطبيق. فعّل Email أو مزوّدًا ضمن Authentication ثم Sign In / Providers.
finding-email-off = تسجيل الدخول بالبريد معطّل. المفعّل:
finding-confirmation-off = يمكن لأي شخص إنشاء حساب بعنوان ليس له. فعّل Confirm email ضمن Authentication ثم Sign In / Providers ثم Email.
finding-mailer-not-told = لا يذكر الخادم من يرسل بريده. خدمة Supabase نفسها ترسل رسالتين في الساعة، ولفريق المشروع فقط. تُعدّ خدمتك ضمن Authentication ثم Emails ثم SMTP Settings.
finding-captcha-asked = يطلب المشروع اختبار CAPTCHA لا يعرف به هذا التطبيق. شغّله مع ضبط { -variables }_CAPTCHA على hcaptcha:<site key> أو turnstile:<site key>
finding-redirect-bare = تعود الروابط لتسجيل دخول واحد في كل مرة. الأفضل مع هذا الإدخال ضمن Authentication ثم URL Configuration ثم Redirect URLs.
finding-redirect-loopback = تعود الروابط عبر منفذ في هذا الحاسوب. الأفضل مع هذا الإدخال ضمن Authentication ثم URL Configuration ثم Redirect URLs.
finding-redirect-nowhere = لا تعود الروابط إلى هذا التطبيق. أضف هذا الإدخال ضمن Authentication ثم URL Configuration ثم Redirect URLs.
finding-shared-secret = توقَّع الرموز المميزة بسر لا يستطيع التحقق منه سوى الخادم. الأفضل مفاتيح غير متماثلة، ضمن Project Settings ثم JWT Keys.
finding-keys-unknown = توقَّع الرموز المميزة بطريقة لا يستطيع التحقق منها سوى الخادم.
finding-rest-closed = جداول المشروع غير متاحة. فعّل Data API بالمخطط «public» ضمن Project Settings ثم Data API.
finding-table-missing = لا يوجد هذا الجدول. شغّل هذا في محرر SQL.
finding-columns-missing = تنقص أعمدة. شغّل هذا في محرر SQL.
finding-table-closed = لا يجوز لمن سجّل الدخول قراءة الجدول. شغّل هذا في محرر SQL.
finding-row-missing = ليس لديك صف، لأن المشروع لا ينشئ صفًا عند إنشاء الحساب. شغّل هذا في محرر SQL.
finding-policies-not-told = لا يمكن معرفة من يجوز له الكتابة من دون كتابة. يجيب هذا الاستعلام في محرر SQL؛ وينبغي أن يكتب كل شخص صفه فقط.
finding-bucket-missing = لا توجد هذه الحاوية، فلا يمكن حفظ الصور. شغّل هذا في محرر SQL.
finding-anybody-writes = يمكن لأي شخص إضافة ملفات، من دون حساب. شغّل هذا في محرر SQL.
finding-others-write = يمكن لكل من سجّل الدخول إضافة ملفات إلى مجلدات الآخرين. شغّل هذا في محرر SQL.
finding-owner-cannot-write = لا يجوز لك إضافة صورتك. شغّل هذا في محرر SQL.
finding-bucket-public = كل من لديه عنوان صورة يراها، من دون حساب. إذا لم يكن ذلك مطلوبًا، فشغّل هذا في محرر SQL.
finding-bucket-too-small = لا يترك حد الحاوية مكانًا لصورة. شغّل هذا في محرر SQL. الحد بالبايت:
finding-bucket-types = لا تقبل الحاوية WebP ولا JPEG ولا PNG. شغّل هذا في محرر SQL.
finding-bucket-unlimited = تقبل الحاوية ملفات بأي حجم أو نوع. شغّل هذا في محرر SQL.
finding-function-missing = لا يمكن حذف الحسابات من التطبيق. شغّل هذا في محرر SQL.
finding-function-open = يمكن استدعاء الدالة من دون حساب. لا يحذف ذلك أحدًا، لكنه غير لازم. شغّل هذا في محرر SQL.
finding-links-elsewhere = يفتح النظام روابط هذا التطبيق بتطبيق آخر. اختر هذا التطبيق لها. التطبيق الآخر:
finding-links-nowhere = لا يفتح النظام روابط هذا التطبيق بأي تطبيق. أعد تشغيل التطبيق، أو ثبّته.
finding-keychain-absent = لا توجد سلسلة مفاتيح، فلا تحمي الجلسةَ سوى أذونات الملفات. ثبّت على لينكس gnome-keyring أو KWallet.
finding-keychain-locked = سلسلة المفاتيح مقفلة. افتحها.
finding-keychain-silent = سلسلة المفاتيح لا تستجيب. اخرج من النظام ثم ادخل مرة أخرى.
finding-webview-old = عارض الويب أقدم مما يحتاج إليه هذا التطبيق. حدّث النظام.
finding-bus-absent = لا يوجد ناقل جلسة، فلا توجد سلسلة مفاتيح أيضًا. شغّل التطبيق من جلسة سطح مكتب.
finding-bus-silent = ناقل الجلسة لا يستجيب. اخرج من النظام ثم ادخل مرة أخرى.

## Notifications of the desktop

news-open = فتح { -brand }
news-signed-in-title = تم تسجيل دخولك
news-signed-in = تسلّم { -brand } الرابط الذي فتحته.
news-link-title = وصل رابطك
news-link = افتح { -brand } لمعرفة الخطوة التالية.
news-ended-title = تم تسجيل خروجك
news-ended-elsewhere = سُجّل خروجك من جهاز آخر أو من جانب مالك المشروع.
news-ended-expired = انتهت جلستك: يحدّد المشروع مدة الجلسة.
news-ended-banned = هذا الحساب معلّق. تواصل مع مالك المشروع.
news-ended-deleted = لم يعد هذا الحساب موجودًا.

## في الطرفية حيث لا توجد نافذة

terminal-cannot-start = لا يمكن تشغيل { -brand }: { $reason }
terminal-no-display = يحتاج { -brand } إلى شاشة. عيّن DISPLAY أو WAYLAND_DISPLAY، أو شغّله من سطح المكتب.
terminal-no-webview = يحتاج { -brand } إلى WebView2 Runtime من Microsoft، وهو غير موجود في هذا النظام. ثبّته من https://go.microsoft.com/fwlink/p/?LinkId=2124703 ثم شغّل { -brand } من جديد.
terminal-no-data-folder = لا يجد { -brand } مكانًا لبياناته. عيّن { -variables }_DATA_DIR إلى مجلد من مجلداتك.
terminal-not-told = { -brand } يعمل بالفعل ولا يمكن الوصول إليه: { $reason }
terminal-hangs = { -brand } يعمل بالفعل لكنه لا يستجيب. أنهِه ثم شغّله من جديد.
terminal-hangs-with-link = { -brand } يعمل بالفعل لكنه لا يستجيب. أنهِه ثم شغّله من جديد خلال عشر دقائق، فيستلم الرابط.
terminal-bus-silent = ناقل الجلسة لا يستجيب، ولا يمكن تشغيل { -brand } من دونه: { $reason }
terminal-usage = الاستعمال: { -program } --doctor [--json]
terminal-no-project = لا يعرف { -brand } أي مشروع. صِل مشروعًا في النافذة، أو عيّن { -variables }_SUPABASE_URL و { -variables }_SUPABASE_KEY.
terminal-name-project = حدّد المشروع بـ --url و --key، أو بـ { -variables }_SUPABASE_URL و { -variables }_SUPABASE_KEY.

## شريط القوائم في macOS

menu-bar-about = حول { -brand }
menu-bar-settings = الإعدادات…
menu-bar-services = الخدمات
menu-bar-hide = إخفاء { -brand }
menu-bar-hide-others = إخفاء الآخرين
menu-bar-show-all = إظهار الكل
menu-bar-quit = إنهاء { -brand }
menu-bar-file = ملف
menu-bar-close = إغلاق النافذة
menu-bar-edit = تحرير
menu-bar-undo = تراجع
menu-bar-redo = إعادة
menu-bar-cut = قص
menu-bar-copy = نسخ
menu-bar-paste = لصق
menu-bar-select-all = تحديد الكل
menu-bar-window = نافذة
menu-bar-minimize = تصغير
menu-bar-zoom = تكبير/تصغير
menu-bar-full-screen = دخول ملء الشاشة
menu-bar-to-front = إحضار الكل إلى الأمام
menu-bar-help = مساعدة
