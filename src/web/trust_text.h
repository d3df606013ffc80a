#ifndef OSTEON_WEB_TRUST_TEXT_H
#define OSTEON_WEB_TRUST_TEXT_H
/* The words of web/trust_page.h, in the order of the page. */

struct trust_words {
    const char *language, *title, *why, *fingerprint, *compare, *certificate, *profile,
        *then, *open, *next;
};

static const struct trust_words trust_english = {
    .language = "en",
    .title = "Trust this Osteon server",
    .why =
        "Once on each device. Without it the browser refuses the page, and the device "
        "cannot keep what is entered while the network is away.",
    .fingerprint = "SHA-256 fingerprint of the authority",
    .compare = "Compare it with the fingerprint on the terminal where the server was "
               "started. If one character differs, stop: someone is in between.",
    .certificate = "Certificate (Android, Windows)",
    .profile = "Profile (iPad)",
    .then = "Then",
    .open = "Open the study at",
    .next = "The next device",
};

static const struct trust_words trust_chinese = {
    .language = "zh",
    .title = "信任本 Osteon 服务器",
    .why =
        "每台设备做一次。否则浏览器会拒绝打开页面，断网时设备也无法保存已录入的内容。",
    .fingerprint = "证书颁发机构的 SHA-256 指纹",
    .compare =
        "请与启动服务器的终端上显示的指纹逐字核对。只要有一个字符不同，请立即停止："
        "有人在中间篡改。",
    .certificate = "证书（Android、Windows）",
    .profile = "描述文件（iPad）",
    .then = "然后",
    .open = "打开研究页面：",
    .next = "下一台设备",
};

struct trust_step {
    const char *device, *english, *chinese; /* a line is a step */
};

static const struct trust_step trust_steps[] = {
    {"iPad",
     "In Safari, tap “Profile (iPad)” above and allow the download.\n"
     "Settings → Profile Downloaded → Install; there, under More Details, compare the "
     "fingerprint.\n"
     "Settings → General → About → Certificate Trust Settings: switch “Osteon "
     "authority” "
     "on. Without this step the profile has no effect.",
     "在 Safari 中点按上面的“描述文件（iPad）”，并允许下载。\n"
     "设置 → 已下载描述文件 → 安装；安装前在“更多详细信息”中核对指纹。\n"
     "设置 → 通用 → 关于本机 → 证书信任设置：打开“Osteon "
     "authority”。缺少这一步，描述文件不起作用。"},
    {"Android",
     "Tap “Certificate (Android, Windows)” above; the file is kept under Downloads.\n"
     "Settings → Security → More security settings → Encryption and credentials → "
     "Install "
     "a certificate → CA certificate, and choose the file.\n"
     "Under Trusted credentials → User, open “Osteon authority” and compare the "
     "fingerprint. Use Chrome: Firefox has a list of its own.",
     "点按上面的“证书（Android、Windows）”，文件保存在“下载”中。\n"
     "设置 → 安全 → 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书，然后选择该文件。\n"
     "在“信任的凭据 → 用户”中打开“Osteon authority”并核对指纹。请使用 Chrome：Firefox "
     "有自己的证书列表。"},
    {"Windows",
     "Save “Certificate (Android, Windows)”, run certutil -dump osteon-ca.crt in a "
     "terminal, "
     "and compare “Cert Hash(sha256)” with the fingerprint.\n"
     "Open the file → Install Certificate → Local Machine (for all who use the "
     "computer) → "
     "Place all certificates in the following store → Trusted Root Certification "
     "Authorities.\n"
     "Start Edge or Chrome again.",
     "保存“证书（Android、Windows）”，在终端运行 certutil -dump osteon-ca.crt，"
     "将“Cert Hash(sha256)”与指纹核对。\n"
     "打开文件 → 安装证书 → 本地计算机（对本机所有用户有效）→ "
     "将所有的证书都放入下列存储 → "
     "受信任的根证书颁发机构。\n"
     "重新启动 Edge 或 Chrome。"},
};

#endif
