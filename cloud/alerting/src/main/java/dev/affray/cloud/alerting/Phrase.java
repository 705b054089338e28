package dev.affray.cloud.alerting;

import dev.affray.camera.Language;

/**
 * What happened, as it begins a subject, a mail and an SMS: in each language the full words and brief ones for an SMS that has little room. A new language
 * is a column more here and in {@link Words}; one without a text does not compile.
 *
 * <p>With everything put around them, full words have at most {@link #MOST_FULL} characters, brief ones {@link #MOST_BRIEF}.
 */
enum Phrase {
    // What it is about.
    FIGHT(en("possible fight"), es("posible pelea")),
    CAMERA_OFFLINE(en("camera offline"), es("cámara sin conexión", "cámara caída")),
    GATEWAY_OFFLINE(en("gateway offline"), es("gateway sin conexión", "gateway caído")),
    NOT_JUDGED(en("frames are not judged", "nothing judged"), es("las imágenes no se analizan", "sin analizar")),
    SPENDING_LIMIT(en("spending limit"), es("límite de gasto", "tope de gasto")),

    // What happened to it.
    UPDATE(en("update: %s now also at", "update: %s"), es("actualización: %s también en", "además: %s")),
    RAISED(en("severity high: %s", "high: %s"), es("gravedad alta: %s", "grave: %s")),
    ESCALATED(en("nobody has taken charge: %s", "no reply: %s"), es("nadie se ha hecho cargo: %s", "pendiente: %s")),
    ACKNOWLEDGED(en("somebody is in charge: %s", "taken: %s"), es("alguien se hizo cargo: %s", "a cargo: %s")),
    FALSE_ALARM(en("false alarm"), es("falsa alarma")),
    OVER(en("over: %s"), es("terminó: %s")),
    MUTED(en("muted until %s"), es("sin avisos hasta las %s", "sin avisos hasta %s")),
    UNMUTED(en("alarms are on again"), es("avisos activos de nuevo", "avisos activos")),

    // How conditions end.
    CAMERA_BACK(en("camera is back"), es("la cámara volvió")),
    GATEWAY_BACK(en("gateway is back"), es("el gateway volvió")),
    JUDGED_AGAIN(en("frames are judged again"), es("las imágenes se analizan de nuevo", "se analiza de nuevo")),
    LIMIT_LIFTED(en("spending limit is lifted"), es("se levantó el límite de gasto", "sin tope de gasto")),
    GIVEN_UP(en("not watched any more"), es("ya no se vigila")),

    // What it does not tell by itself: that it is old.
    DELAYED(en("delayed: %s"), es("con retraso: %s", "retraso: %s")),
    LATE(en("sent late: %s", "late: %s"), es("enviado tarde: %s", "tarde: %s")),

    // Around it.
    FIRST_AT(en("first at %s"), es("primero en %s")),

    // Of a digest.
    ONE_HELD_BACK(en("1 message held back"), es("1 aviso retenido")),
    HELD_BACK(en("%s messages held back"), es("%s avisos retenidos")),
    MOST_AT(en("most at %s"), es("la mayoría en %s")),
    FROM(en("from %s"), es("desde %s")),
    SEE_MAIL(en("see e-mail"), es("vea el correo"));

    static final int MOST_FULL = 70;
    static final int MOST_BRIEF = 25;

    private final String fullEnglish;
    private final String briefEnglish;
    private final String fullSpanish;
    private final String briefSpanish;

    Phrase(English english, Spanish spanish) {
        this.fullEnglish = english.full();
        this.briefEnglish = english.brief();
        this.fullSpanish = spanish.full();
        this.briefSpanish = spanish.brief();
    }

    /** In full, with what goes into it. */
    String full(Language language, Object... parts) {
        String text = switch (language) {
            case ENGLISH -> fullEnglish;
            case SPANISH -> fullSpanish;
        };
        return text.formatted(parts);
    }

    /** In brief. */
    String brief(Language language, Object... parts) {
        String text = switch (language) {
            case ENGLISH -> briefEnglish;
            case SPANISH -> briefSpanish;
        };
        return text.formatted(parts);
    }

    private record English(String full, String brief) {}

    private record Spanish(String full, String brief) {}

    private static English en(String full, String brief) {
        return new English(full, brief);
    }

    private static English en(String both) {
        return new English(both, both);
    }

    private static Spanish es(String full, String brief) {
        return new Spanish(full, brief);
    }

    private static Spanish es(String both) {
        return new Spanish(both, both);
    }
}
