package dev.affray.cloud.alerting;

import java.text.Normalizer;
import java.util.Map;

/**
 * The characters that a channel carries, and how text is spelled in them: letters lose what the alphabet has no mark for, Cyrillic and Greek letters become
 * Latin ones, other letters a question mark, and pictures go.
 */
enum Alphabet {
    /** Printable ASCII. */
    ASCII {
        @Override
        int units(int character) {
            return character >= ' ' && character <= '~' ? 1 : 0;
        }
    },
    /** GSM 03.38 with its extension table, without line breaks. A message of 160 units is one SMS. */
    GSM_7 {
        @Override
        int units(int character) {
            if (GSM_EXTENSION.indexOf(character) >= 0) {
                return 2;
            }
            return GSM_DEFAULT.indexOf(character) >= 0 ? 1 : 0;
        }
    };

    private static final String GSM_DEFAULT = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String GSM_EXTENSION = "^{}\\[~]|€";

    private static final Map<Integer, String> SPELLED = Spelling.read("""
            ß ss Æ AE æ ae Ø O ø o Œ OE œ oe Đ D đ d Ð D ð d Ł L ł l Þ Th þ th ı i ẞ SS Ħ H ħ h Ŋ N ŋ n \
            ‘ ' ’ ' ‚ ' ‛ ' ′ ' “ " ” " „ " « " » " ″ " ‹ ' › ' ‐ - ‑ - ‒ - – - — - ― - − - • * · . ⁄ / × x \
            € EUR £ GBP ¥ JPY § S ¿ ? ¡ ! ¤ ? ° deg № No \
            А A Б B В V Г G Д D Е E Ж Zh З Z И I К K Л L М M Н N О O П P Р R С S Т T У U Ф F Х Kh Ц Ts Ч Ch Ш Sh Щ Shch \
            Ы Y Э E Ю Yu Я Ya І I Є Ye Ґ G Ђ Dj Ј J Љ Lj Њ Nj Ћ C Џ Dz Ѕ Dz Ъ - Ь - \
            Α A Β B Γ G Δ D Ε E Ζ Z Η I Θ Th Ι I Κ K Λ L Μ M Ν N Ξ X Ο O Π P Ρ R Σ S Τ T Υ Y Φ F Χ Ch Ψ Ps Ω O""");

    /** How many units of the channel a character takes; 0 when the alphabet does not have it. */
    abstract int units(int character);

    /** How many units a text of this alphabet takes. */
    final int length(String text) {
        return text.codePoints().map(this::units).sum();
    }

    /** Whether it has every character of a text. */
    final boolean has(String text) {
        return text.codePoints().allMatch(c -> units(c) > 0);
    }

    /** The text in this alphabet, on one line, with the space that is around it. */
    final String spelled(String text) {
        String spelled = spell(text);
        return text.endsWith(" ") ? spelled + " " : spelled;
    }

    /** The text in this alphabet, on one line, without space around it. */
    final String spell(String text) {
        StringBuilder spelled = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> spell(c, spelled));
        return spelled.toString()
                .replaceAll("\\?{2,}", "?")
                .replaceAll(" {2,}", " ")
                .strip();
    }

    /** The beginning of a text of this alphabet, at most so many units; two dots tell that something is missing. */
    final String cut(String text, int most) {
        if (length(text) <= most) {
            return text;
        }
        String mark = most > 4 ? ".." : "";
        StringBuilder kept = new StringBuilder();
        int used = mark.length();
        for (int c : text.codePoints().toArray()) {
            used += units(c);
            if (used > most) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.toString().strip() + mark;
    }

    private void spell(int character, StringBuilder spelled) {
        if (units(character) > 0) {
            spelled.appendCodePoint(character);
        } else if (Character.isISOControl(character)
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)) {
            spelled.append(' ');
        } else {
            String plain = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD);
            plain.codePoints().forEach(c -> spellPart(c, spelled));
        }
    }

    private void spellPart(int part, StringBuilder spelled) {
        String known = SPELLED.get(part);
        if (units(part) > 0) {
            spelled.appendCodePoint(part);
        } else if (known != null) {
            known.codePoints().filter(c -> units(c) > 0).forEach(spelled::appendCodePoint);
        } else if (Character.isLetterOrDigit(part)) {
            spelled.append('?');
        }
    }
}
