package dev.affray.cloud.alerting;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A process that dies at one of the moments just before and just after it calls a port. */
final class Mortal {
    private final int deathAt;
    private int moment;

    /** @param deathAt which of its moments is the last, from 0 */
    Mortal(int deathAt) {
        this.deathAt = deathAt;
    }

    /** The end of the process; nothing in it runs after this. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1;

        Death(String moment) {
            super(moment);
        }
    }

    /** A port as this process sees it. */
    <T> T port(Class<T> type, T real) {
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            pass("before " + method.getName());
            Object result;
            try {
                result = method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            pass("after " + method.getName());
            return result;
        });
        return type.cast(proxy);
    }

    private void pass(String name) {
        if (moment++ == deathAt) {
            throw new Death(name);
        }
    }
}
