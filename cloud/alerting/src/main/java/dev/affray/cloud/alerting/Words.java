package dev.affray.cloud.alerting;

import dev.affray.camera.Language;

/** What a mail says besides what happened ({@link Phrase}), in each language. */
enum Words {
    // The names of its facts.
    CAMERA("Camera", "Cámara"),
    GATEWAY("Gateway", "Gateway"),
    TIME("Time", "Hora"),
    BEGAN("Began", "Empezó"),
    LASTED("Lasted", "Duró"),
    UNTIL("Until", "Hasta"),
    BY("By", "Por"),
    FIRST_SEEN("First seen", "Primero en"),
    CONFIDENCE("Confidence", "Confianza"),
    SEVERITY("Severity", "Gravedad"),
    FOUND("Found", "Motivo"),
    IT_WAS("It was", "Motivo"),
    PICTURES("Pictures", "Imágenes"),
    DELAYED("Delayed", "Retraso"),
    LATE("Sent late", "Tarde"),
    INCIDENT("Incident", "Incidente"),
    PAGE("Page", "Página"),

    // What they say.
    OF_100("%s of 100", "%s de 100"),
    FROM("%s, from %s", "%s, desde las %s"),
    SOMEBODY_WITH_LINK("somebody with the link", "alguien con el enlace"),
    HIGH("high: it goes on for longer than the rule asks", "alta: dura más de lo que pide la regla"),
    NOT_NOW(
            "these frames arrived late, after an outage; this is not happening now",
            "estas imágenes llegaron tarde, después de un corte; no está ocurriendo ahora"),
    NOT_EARLIER(
            "this message could not go out earlier; look at the time",
            "este aviso no pudo salir antes; fíjese en la hora"),

    // What to make of it.
    LOOK_FIRST("A program judged this. Look before you act.", "Lo detectó un programa. Verifique antes de actuar."),
    MAY_BE_SAME(
            "It may be the same fight. A program judged this. Look before you act.",
            "Puede ser la misma pelea. Lo detectó un programa. Verifique antes de actuar."),
    NOBODY_YET(
            "You are told because nobody took charge in time. A program judged this. Look before you act.",
            "Se le avisa porque nadie se hizo cargo a tiempo. Lo detectó un programa. Verifique antes de actuar."),
    LEAVE_IT(
            "You can leave it to them, unless they ask for you.",
            "Puede dejarlo en sus manos, salvo que le pidan ayuda."),
    IF_IT_WAS_ONE(
            "Somebody looked and says that there was no fight. If there was one, say so on the page.",
            "Alguien miró y dice que no hubo pelea. Si la hubo, indíquelo en la página."),
    QUIET_SINCE("Nothing has been seen since.", "Desde entonces no se ha visto nada."),
    WHILE_MUTED(
            "Until then fights on this camera are not announced. One that still goes on then is. It can be taken back on the page.",
            "Hasta entonces no se avisa de peleas en esta cámara. Si alguna continúa después, se le avisará. Puede anularse en la página."),
    NOT_MUTED("Fights on this camera are announced again.", "Se vuelve a avisar de peleas en esta cámara."),
    UNTIL_BACK(
            "No fight is seen there until it is back. You are told when it is.",
            "Mientras tanto no se detectan peleas allí. Se le avisará cuando vuelva."),
    UNTIL_MENDED(
            "No fight is seen there until that is mended. You are told when it is.",
            "Mientras tanto no se detectan peleas allí. Se le avisará cuando se resuelva."),
    NOT_ALL_JUDGED(
            "Not everything is judged. You are told when it is.", "No se analiza todo. Se le avisará cuando se haga."),
    WATCHED_AGAIN("It is watched again.", "Se vigila de nuevo."),
    OFF_THE_LIST("It was taken off the list of cameras.", "Se quitó de la lista de cámaras."),
    SEEN_AGAIN("Detection works again.", "La detección funciona de nuevo."),
    ALL_JUDGED("Everything is judged again.", "Se analiza todo de nuevo."),

    // Around it.
    OPEN_PAGE("Open the page", "Abrir la página"),
    PICTURE_OF("frame taken at %s", "imagen de las %s"),
    ONE_MORE_PICTURE("1 more picture is not in this mail.", "1 imagen más no está en este correo."),
    MORE_PICTURES("%s more pictures are not in this mail.", "%s imágenes más no están en este correo."),
    TOO_MUCH(
            "Too much was going out at once, so these were held back. Each is told here once.",
            "Salían demasiados avisos a la vez y estos se retuvieron. Cada uno aparece aquí una vez."),
    AND_MORE("and %s more", "y %s más");

    private final String english;
    private final String spanish;

    Words(String english, String spanish) {
        this.english = english;
        this.spanish = spanish;
    }

    /** The words, with what goes into them. */
    String in(Language language, Object... parts) {
        String text = switch (language) {
            case ENGLISH -> english;
            case SPANISH -> spanish;
        };
        return text.formatted(parts);
    }
}
