package dev.affray.cloud.local.store;

import java.io.InputStream;
import java.util.List;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Denies every operation with 403. What a kind of identity may do is written out by overriding, so nothing is allowed by oversight. It stands before a
 * store only because S3Proxy asks there which conditions on requests it may pass on.
 */
class ClosedStore extends ForwardingBlobStore {
    ClosedStore(BlobStore behind) {
        super(behind);
    }

    static S3ProxyException denied() {
        return new S3ProxyException(S3ErrorCode.ACCESS_DENIED);
    }

    @Override
    public ListBucketsResponse list() {
        throw denied();
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        throw denied();
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        throw denied();
    }

    @Override
    public CreateBucketResponse createContainer(CreateBucketRequest request) {
        throw denied();
    }

    @Override
    public BucketCannedACL getContainerAccess(String bucket) {
        throw denied();
    }

    @Override
    public void setContainerAccess(String bucket, BucketCannedACL access) {
        throw denied();
    }

    @Override
    public void deleteBucket(String bucket) {
        throw denied();
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        throw denied();
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        throw denied();
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        throw denied();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        throw denied();
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        throw denied();
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key) {
        throw denied();
    }

    @Override
    public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {
        throw denied();
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        throw denied();
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
        throw denied();
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        throw denied();
    }

    @Override
    public UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream body) {
        throw denied();
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
        throw denied();
    }

    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(String bucket) {
        throw denied();
    }

    @Override
    public void clearContainer(ListObjectsV2Request request) {
        throw denied();
    }

    @Override
    public void deleteContainer(String bucket) {
        throw denied();
    }

    @Override
    public GetBucketAclResponse getContainerAcl(GetBucketAclRequest request) {
        throw denied();
    }

    @Override
    public boolean blobExists(String bucket, String key) {
        throw denied();
    }

    @Override
    public GetObjectAclResponse getBlobAcl(GetObjectAclRequest request) {
        throw denied();
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key, String version) {
        throw denied();
    }

    @Override
    public void setBlobAccess(String bucket, String key, ObjectCannedACL access, String version) {
        throw denied();
    }

    @Override
    public GetBucketVersioningResponse getBucketVersioning(GetBucketVersioningRequest request) {
        throw denied();
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest request) {
        throw denied();
    }

    @Override
    public ListObjectVersionsResponse listVersions(ListObjectVersionsRequest request) {
        throw denied();
    }

    @Override
    public GetBucketEncryptionResponse getBucketEncryption(GetBucketEncryptionRequest request) {
        throw denied();
    }

    @Override
    public PutBucketEncryptionResponse putBucketEncryption(PutBucketEncryptionRequest request) {
        throw denied();
    }

    @Override
    public DeleteBucketEncryptionResponse deleteBucketEncryption(DeleteBucketEncryptionRequest request) {
        throw denied();
    }
}
