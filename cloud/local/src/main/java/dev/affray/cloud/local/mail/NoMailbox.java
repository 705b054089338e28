package dev.affray.cloud.local.mail;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import jakarta.mail.internet.MimeMessage;

/** A recipient whose mails GreenMail need not hold in memory: they are in files already. Nobody can log in as it. */
record NoMailbox(String email) implements GreenMailUser {
    @Override
    public String getEmail() {
        return email;
    }

    @Override
    public String getLogin() {
        return email;
    }

    @Override
    public void deliver(MovingMessage message) {}

    @Override
    public void deliver(MimeMessage message) {}

    @Override
    public void create() {}

    @Override
    public void delete() {}

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public void setPassword(String password) {
        throw new UnsupportedOperationException("this inbox has no accounts");
    }

    @Override
    public void authenticate(String password) throws UserException {
        throw new UserException("this inbox has no accounts");
    }

    @Override
    public String getQualifiedMailboxName() {
        return email;
    }
}
