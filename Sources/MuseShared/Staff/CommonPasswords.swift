/// The passwords that lists of stolen ones have on top, and those that this house suggests by its name.
///
/// Short on purpose: with the growing wait between attempts a guesser gets through a few hundred of them in a day.
enum CommonPasswords {
    static func contains(_ lowercase: String) -> Bool {
        all.contains(lowercase)
    }

    private static let all = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let text = """
        00000000 0987654321 11111111 111111111 11223344 123123123 123321123 12341234 123454321 12345678
        123456789 1234567890 12345678910 147258369 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 66666666 87654321 88888888
        987654321 99999999 a1b2c3d4 aaaaaaaa abc12345 abcd1234 abcdefg1 abcdefgh admin123 admin1234
        admin12345 administrator alexander alexandra america1 anthony1 arsenal1 asdfghjk asdfghjkl
        autumn2025 autumn2026 azerty123 babygirl babygirl1 barcelona barista1 barista123 baseball baseball1
        basketball batman123 benjamin blessed1 blink182 butterfly cafe1234 cafecafe cappuccino carolina
        changeme changeme1 changeme123 charlie1 charlotte cheesecake chelsea1 chocolate christmas coffee123
        coffeecoffee computer computer1 contraseña cookie123 corvette danielle december1 default1 dragon123
        elizabeth espresso espresso1 facebook facebook1 football football1 freedom1 freedom123 godisgood
        google123 guest123 hornets1 hunter123 hunter22 iloveme1 iloveyou iloveyou1 iloveyou2 internet
        internet1 isabella january1 jennifer jesus123 jesuschrist jonathan jordan23 killer123 kimberly
        kitchen1 kitchen123 lattelatte letmein1 letmein123 letmeinnow linkedin liverpool liverpool1
        lounge123 lovelove loveyou1 manager1 manager123 manchester master123 metallica michael1 michelle
        monkey123 motdepasse muse&co1 muse1234 museandco museco123 musemuse mustang1 ncmuse123 newyork1
        nicholas november owner123 p@ssw0rd p@ssword pa$$word panthers panthers1 passw0rd password password1
        password12 password123 password1234 passwort passwort1 patricia pokemon1 princess princess1 q1w2e3r4
        qazwsxedc qwerty123 qwerty1234 qwerty12345 qwertyui qwertyuiop qwertz123 root1234 samantha samsung1
        secret123 secret1234 senha123 shadow123 slipknot snoopy123 spring2025 spring2026 staff123 staffstaff
        starwars stephanie summer2024 summer2025 summer2026 sunshine sunshine1 superman superman1 temp1234
        test1234 testing1 testing123 testtest trustno1 victoria victoria1 welcome1 welcome12 welcome123
        welcome2muse whatever whatever1 winter2024 winter2025 winter2026 zaq12wsx zxcvbnm1
        """
}
