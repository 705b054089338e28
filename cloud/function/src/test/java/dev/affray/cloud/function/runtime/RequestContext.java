package dev.affray.cloud.function.runtime;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** What a handler is given beside its event, for tests that call it themselves. Functions log through SLF4J and are called by no app: the rest is refused. */
public record RequestContext(String requestId) implements Context {
    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return 30_000;
    }

    @Override
    public int getMemoryLimitInMB() {
        return 1024;
    }

    @Override
    public String getFunctionName() {
        return "affray-test";
    }

    @Override
    public String getFunctionVersion() {
        return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:eu-central-1:000000000000:function:affray-test";
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/affray-test";
    }

    @Override
    public String getLogStreamName() {
        return "test";
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException("identity");
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException("client context");
    }

    @Override
    public LambdaLogger getLogger() {
        throw new UnsupportedOperationException("logger");
    }
}
