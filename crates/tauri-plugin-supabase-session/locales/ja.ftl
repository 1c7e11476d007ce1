### ブラウザーのページの文。文体はです・ます。値 { $app } はアプリの名前。

signed-in-title = サインインしました
signed-in = このタブを閉じて { $app } に戻れます。
confirmed-title = 確認できました
confirmed = 続きは { $app } に表示されています。このタブは閉じてかまいません。
not-done-title = うまくいきませんでした
not-done = 理由と次にすることは { $app } に表示されています。このタブは閉じてかまいません。
moment-title = お待ちください…
captcha-title = 最初に確認があります
captcha = このプロジェクトでは、サインインの前に確認が必要です。
captcha-done = ありがとうございます。このタブを閉じて { $app } に戻れます。
