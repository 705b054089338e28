package dev.affray.cloud.console.link;

import dev.affray.camera.Language;
import java.util.Locale;

/** Every text of the page, in every language: another language is another column. {@code %s} stands for names and times, ready to be shown. */
enum Text {
    FIGHT("Possible fight", "Posible pelea"),
    CAMERA_OFFLINE("Camera offline", "Cámara sin conexión"),
    GATEWAY_OFFLINE("Gateway offline", "Gateway sin conexión"),
    PIPELINE_BLIND("Frames are not judged", "Las imágenes no se evalúan"),
    BUDGET("Spending limit", "Límite de gasto"),

    GOES_ON("Still going on", "En curso"),
    OVER("Over", "Terminó"),
    SEVERE("Severe", "Grave"),
    DELAYED("Delayed", "Con retraso"),
    ACKNOWLEDGED("Acknowledged", "Atendida"),
    FALSE_ALARM("False alarm", "Falsa alarma"),
    TRUE_ALARM("Confirmed", "Confirmada"),
    MUTED("Camera muted", "Cámara silenciada"),

    LASTED("lasted %s", "duró %s"),
    SO_FAR("%s so far", "%s hasta ahora"),
    STRONGEST("strongest score %s", "puntaje más alto: %s"),
    DELAYED_MEANS(
            "These pictures came late, after an outage. This is not happening now.",
            "Estas imágenes llegaron tarde, después de una interrupción. No está ocurriendo ahora."),
    PART_OF_ANOTHER(
            "The alert that you opened turned out to be part of an earlier one, which is shown here.",
            "La alerta que usted abrió resultó ser parte de una anterior, que se muestra aquí."),
    RELATED_LATE(
            "More pictures of this camera came late, after an outage. There is a delayed alert of its own for them.",
            "Otras imágenes de esta cámara llegaron tarde, después de una interrupción. Hay una alerta con retraso para ellas."),
    RELATED_LIVE(
            "There is also a live alert of this camera at the same time.",
            "También hay una alerta en vivo de esta cámara a la misma hora."),
    ACKNOWLEDGED_BY("%2$s took charge at %1$s.", "%2$s se hizo cargo a las %1$s."),
    SOMEBODY("Somebody with the link", "Alguien con el enlace"),
    SAID_FALSE("Somebody said that this was a false alarm.", "Alguien indicó que fue una falsa alarma."),
    SAID_TRUE("Somebody said that this was real.", "Alguien indicó que fue real."),
    MUTED_UNTIL(
            "%2$s muted this camera until %1$s: its fight alerts are held back.",
            "%2$s silenció esta cámara hasta las %1$s: sus alertas de pelea se retienen."),

    DO_ACKNOWLEDGE("Acknowledge", "Me hago cargo"),
    DO_FALSE_ALARM("False alarm", "Falsa alarma"),
    DO_TRUE_ALARM("It was real", "Fue real"),
    DO_MUTE("Mute %s min", "Silenciar %s min"),
    DO_UNMUTE("Unmute the camera", "Quitar el silencio"),
    MUTE_MEANS(
            "Mute holds back the fight alerts of this camera, and everybody is told. A fight that still goes on afterwards is sent then.",
            "Silenciar retiene las alertas de pelea de esta cámara, y se avisa a todos. Si una pelea sigue en curso después, se envía entonces."),

    DID_ACKNOWLEDGE(
            "Acknowledged. Everybody who got the alert is told that somebody takes care of it.",
            "Atendida. Se avisa a quienes recibieron la alerta que alguien se hizo cargo."),
    DID_FALSE_ALARM("Noted as a false alarm.", "Anotada como falsa alarma."),
    DID_TRUE_ALARM("Noted as real.", "Anotada como real."),
    DID_MUTE("The camera is muted until %s.", "La cámara está silenciada hasta las %s."),
    DID_UNMUTE("The camera is not muted any more.", "La cámara ya no está silenciada."),

    PICTURES("Pictures", "Imágenes"),
    PICTURE("Picture of %s, score %s", "Imagen de las %s, puntaje %s"),
    NO_PICTURES_YET("The first pictures are on their way.", "Las primeras imágenes están en camino."),
    NO_PICTURES("The pictures of this alert are no longer kept.", "Las imágenes de esta alerta ya no se conservan."),
    NO_PICTURE("No picture", "Sin imagen"),
    LOOKS_AGAIN("This page looks again every %s seconds.", "Esta página se actualiza cada %s segundos."),
    TIMES_IN("Times are those of the place (%s).", "Las horas son las del lugar (%s)."),
    LINK_MEANS(
            "Whoever has this link can see this alert and use these buttons, without a password, until %s. Pass it on only to people who may.",
            "Quien tenga este enlace puede ver esta alerta y usar estos botones, sin contraseña, hasta el %s. Compártalo solo con personas autorizadas."),

    REFUSED_TITLE("This link does not work", "Este enlace no funciona"),
    REFUSED(
            "It may have been cut off or changed on its way, or what it leads to is no longer kept.",
            "Puede que se haya cortado o alterado en el camino, o que aquello a lo que lleva ya no se conserve."),
    EXPIRED_TITLE("This link has expired", "Este enlace venció"),
    EXPIRED("Links in alerts are good for a few days only.", "Los enlaces de las alertas sirven solo unos días."),
    WHAT_TO_DO(
            "Open the link again from the message itself, ask whoever got the message, or look at the console.",
            "Abra el enlace de nuevo desde el propio mensaje, pregunte a quien lo recibió o mire la consola."),
    FAILED_TITLE("This alert cannot be shown just now", "Esta alerta no se puede mostrar en este momento"),
    FAILED(
            "Something went wrong here. If you pressed a button, it may have worked or not: look again in a minute. If there may be a fight, go and see.",
            "Algo falló aquí. Si usted pulsó un botón, puede que haya funcionado o no: mire de nuevo en un minuto. Si puede haber una pelea, vaya a ver."),
    NOT_DONE_TITLE("Nothing was done", "No se hizo nada"),
    NOT_DONE(
            "Only the buttons of the page do something. Open the page and use them there.",
            "Solo los botones de la página hacen algo. Abra la página y úselos allí."),
    UNFIT("This kind of alert has no such button.", "Este tipo de alerta no tiene ese botón.");

    private final String english;
    private final String spanish;

    Text(String english, String spanish) {
        this.english = english;
        this.spanish = spanish;
    }

    String in(Language language, Object... parts) {
        String text = switch (language) {
            case ENGLISH -> english;
            case SPANISH -> spanish;
        };
        return text.formatted(parts);
    }

    /** How a language writes dates. */
    static Locale locale(Language language) {
        return switch (language) {
            case ENGLISH -> Locale.UK;
            case SPANISH -> Locale.of("es");
        };
    }

    /** For somebody of whom nothing is known but the browser's {@code Accept-Language}. */
    static Language ofBrowser(String languages) {
        return languages.strip().toLowerCase(Locale.ROOT).startsWith("es") ? Language.SPANISH : Language.ENGLISH;
    }
}
