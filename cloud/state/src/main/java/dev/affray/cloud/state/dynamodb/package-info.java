/** The stores on DynamoDB: conditional writes of one item, gets and queries; no transactions and no scans. */
@NullMarked
package dev.affray.cloud.state.dynamodb;

import org.jspecify.annotations.NullMarked;
